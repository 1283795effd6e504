const MAX_LENGTH = 100;
const NUMBERS = /^[-+\d.e]+([,;][-+\d.e]+)*$/i;

/**
 * The name of a file that tells which figure it shows and in which state: "plane A=[[2,1],[0.5,1.5]] x=[[-1,2]].png".
 *
 * Fields that are numbers or words are said, matrices as NumPy reads them; what would make the name too long is left out.
 */
export function fileName(id: string, fields: Readonly<Record<string, string>>, extension: string): string {
  let name = id;
  for (const [field, value] of Object.entries(fields)) {
    const isMatrix = /[,;]/.test(value);
    if (!(isMatrix ? NUMBERS : /^[-+.\w]+$/).test(value)) continue;
    const part = ` ${field}=${isMatrix ? `[${value.split(";").map((row) => `[${row}]`)}]` : value}`;
    if (name.length + part.length <= MAX_LENGTH) name += part;
  }
  return `${name}.${extension}`;
}
