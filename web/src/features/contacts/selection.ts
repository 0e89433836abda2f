/** Which contacts are chosen: some rows, or all that the filter shows. Pure. */

export type Selection = {
  ids: ReadonlySet<string>
  /** All that match, rows that are not loaded among them. */
  isAll: boolean
  /** Where a range begins: the row that was last chosen or left out. */
  anchor: string | undefined
}

export const NOTHING: Selection = { ids: new Set(), isAll: false, anchor: undefined }
export const ALL: Selection = { ids: new Set(), isAll: true, anchor: undefined }

export function isChosen({ ids, isAll }: Selection, id: string): boolean {
  return isAll || ids.has(id)
}

export function isEmpty({ ids, isAll }: Selection): boolean {
  return !isAll && ids.size === 0
}

/** The rows between two, both counted, in the order in which they are shown. */
function range(order: string[], from: string, to: string): string[] {
  const [one, other] = [order.indexOf(from), order.indexOf(to)]
  if (one === -1 || other === -1) return [to]
  return order.slice(Math.min(one, other), Math.max(one, other) + 1)
}

/** A row chosen or left out; with `isRange` all rows since the last one become as it does. */
export function toggled(old: Selection, id: string, order: string[], isRange: boolean): Selection {
  // Out of all, one is left out: the others that are shown stay.
  const ids = new Set(old.isAll ? order : old.ids)
  const isIn = !ids.has(id)
  for (const one of isRange && old.anchor ? range(order, old.anchor, id) : [id]) {
    if (isIn) ids.add(one)
    else ids.delete(one)
  }
  return { ids, isAll: false, anchor: id }
}

/** Every row that is shown, or none when all of them are. */
export function toggledShown(old: Selection, order: string[]): Selection {
  const hasAll = old.isAll || (order.length > 0 && order.every(id => old.ids.has(id)))
  return hasAll ? NOTHING : { ids: new Set([...old.ids, ...order]), isAll: false, anchor: undefined }
}
