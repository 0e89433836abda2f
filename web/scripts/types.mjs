// Writes src/api/schema.ts from the OpenAPI document that the program prints (`carillon openapi`).
// `--check` only says whether the written one still fits. The document comes from standard input.
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const TARGET = new URL('../src/api/schema.ts', import.meta.url)
const HEAD = '// Made from the OpenAPI document by `make web-types`. Not to be edited by hand.\n\n'

// Read as it comes: a pipe that has nothing yet is no error.
const said = []
for await (const part of process.stdin) said.push(part)
const document = JSON.parse(Buffer.concat(said).toString('utf8'))
const text = HEAD + astToString(await openapiTS(document, { alphabetize: true }))
if (process.argv.includes('--check')) {
  if (readFileSync(TARGET, 'utf8') !== text) {
    process.stderr.write('error: src/api/schema.ts does not fit the API any more: run `make web-types`\n')
    process.exit(1)
  }
} else {
  writeFileSync(TARGET, text)
}
