/** Names the layout of the objects that writeJson makes; a reader refuses one that it does not know. */
export const SCHEMA = "eckart.matrix/1";
