// Answers each line, a paper as JSON, with its citations by extension.
import { createInterface } from "node:readline";

import { FORMATS } from "../../theme_overrides/assets/cite/formats.js";

for await (const asked of createInterface({ input: process.stdin })) {
  const paper = JSON.parse(asked);
  const made = FORMATS.map(({ extension, format }) => [extension, format(paper)]);
  process.stdout.write(`${JSON.stringify(Object.fromEntries(made))}\n`);
}
