declare module "*.mdx" {
  import type { ComponentType } from "preact";

  const content: ComponentType<{ components?: Readonly<Record<string, ComponentType<never>>> }>;
  export default content;
}
