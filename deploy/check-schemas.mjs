// Reads rendered manifests on standard input and validates each against the schemas of the Kubernetes API (npm package
// kubernetes-models and js-yaml under node_modules of the folder given as an argument). Types of operators are counted, not checked.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const folder = process.argv[2] ?? process.cwd();
const packages = createRequire(pathToFileURL(`${folder}/package.json`));
const { loadAll } = packages("js-yaml");
let checked = 0;
let foreign = 0;
let wrong = 0;
for (const object of loadAll(readFileSync(0, "utf8"))) {
  if (!object) continue;
  const name = `${object.kind}/${object.metadata?.name}`;
  let types;
  try {
    types = await import(pathToFileURL(`${folder}/node_modules/kubernetes-models/${object.apiVersion}/index.js`));
  } catch {
    foreign++;
    continue;
  }
  try {
    new types[object.kind](object).validate();
    checked++;
  } catch (failure) {
    wrong++;
    console.error(`${name}: ${failure.message}`);
  }
}
console.log(`${checked} objects valid, ${wrong} wrong, ${foreign} of operators not checked`);
process.exit(wrong > 0 || checked === 0 ? 1 : 0);
