// stdin: a JSON list of texts in GIFT. stdout: for each its parse tree by gift-pegjs, or {"error": ...}.
import { readFileSync } from "node:fs";
import { parse } from "gift-pegjs";

const trees = JSON.parse(readFileSync(0, "utf8")).map((text) => {
  try {
    return parse(text);
  } catch (error) {
    return { error: error.message, location: error.location };
  }
});
process.stdout.write(JSON.stringify(trees));
