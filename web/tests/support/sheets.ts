/** Stands in for Google Sheets: hands out sheets as CSV at the addresses that Google's own export has. */
import { createServer, type ServerResponse } from 'node:http'

type Sheet = { name: string; rows: string }

/** As "Copy link" gives it, with the tab of the address bar. */
export function linkOf(id: string, gid = 0): string {
  return `https://docs.google.com/spreadsheets/d/${id}/edit?usp=sharing#gid=${gid}`
}

export class SheetHost {
  /** What was asked for, in order. */
  readonly asked: string[] = []
  private readonly sheets = new Map<string, Sheet>()
  private readonly server = createServer((request, response) => this.answer(request.url ?? '', response))

  /** Shared with anyone who has the link. */
  share(id: string, gid: number, sheet: Sheet) {
    this.sheets.set(exportOf(id, gid), sheet)
  }

  /** Nobody but its owner may read it any more. */
  withdraw(id: string, gid: number) {
    this.sheets.delete(exportOf(id, gid))
  }

  start(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.on('error', reject)
      this.server.listen(0, '127.0.0.1', () => {
        const address = this.server.address()
        if (typeof address === 'object' && address) resolve(`http://127.0.0.1:${address.port}`)
        else reject(new Error('no port'))
      })
    })
  }

  end() {
    this.server.closeAllConnections()
    this.server.close()
  }

  private answer(path: string, response: ServerResponse) {
    this.asked.push(path)
    const sheet = this.sheets.get(path)
    if (!sheet) {
      // A sheet that is not shared asks who one is.
      response.writeHead(302, { location: '/ServiceLogin?continue=sheet' }).end()
      return
    }
    const name = encodeURIComponent(`${sheet.name}.csv`)
    const headers = {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename*=UTF-8''${name}`,
    }
    response.writeHead(200, headers).end(sheet.rows)
  }
}

export function exportOf(id: string, gid: number): string {
  return `/spreadsheets/d/${id}/export?format=csv&gid=${gid}`
}
