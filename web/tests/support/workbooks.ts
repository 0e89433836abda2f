/** Excel workbooks made by hand: sheets of texts and numbers, unpacked in their zip file. */
import { crc32 } from 'node:zlib'

type Rows = (string | number)[][]

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Sheets by name, in their order. */
export function workbookOf(sheets: Record<string, Rows>): Buffer {
  const names = Object.keys(sheets)
  const each = (line: (name: string, n: number) => string) =>
    names.map((name, at) => line(escaped(name), at + 1)).join('')
  return zipOf({
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`)}</Types>`,
    '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each((name, n) => `<sheet name="${name}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships">${each((_, n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`,
    ...Object.fromEntries(
      Object.values(sheets).map((rows, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheetOf(rows)]),
    ),
  })
}

function sheetOf(rows: Rows): string {
  const cell = (it: string | number) =>
    typeof it === 'number'
      ? `<c><v>${it}</v></c>`
      : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(it)}</t></is></c>`
  const lines = rows.map(row => `<row>${row.map(cell).join('')}</row>`)
  return `<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

/** The version of the format that a reader must know, and the first day that it knows. */
const VERSION = 20
const FIRST_DAY = 0x21

/** A zip file whose parts are not packed. */
function zipOf(parts: Record<string, string>): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(parts)) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)]
    const told = Buffer.concat([
      numbers([2, VERSION], [2, 0], [2, 0], [2, 0], [2, FIRST_DAY], [4, crc32(data)]),
      numbers([4, data.length], [4, data.length], [2, path.length], [2, 0]),
    ])
    files.push(numbers([4, 0x04034b50]), told, path, data)
    directory.push(
      numbers([4, 0x02014b50], [2, VERSION]),
      told,
      numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, at]),
      path,
    )
    at += 4 + told.length + path.length + data.length
  }
  const list = Buffer.concat(directory)
  const count = Object.keys(parts).length
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, list.length],
    [4, at],
    [2, 0],
  )
  return Buffer.concat([...files, list, end])
}

/** Whole numbers of so many bytes each, the lowest byte first. */
function numbers(...all: [bytes: number, value: number][]): Buffer {
  return Buffer.concat(
    all.map(([bytes, value]) => {
      const place = Buffer.alloc(bytes)
      place.writeUIntLE(value, 0, bytes)
      return place
    }),
  )
}
