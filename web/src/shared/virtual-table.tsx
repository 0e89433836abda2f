/** A table of any length: only the rows in sight exist. Rows are 36 px high; on a phone, two lines. */
import { VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, memo, type ReactNode, useEffect, useRef } from 'react'
import type { FarRows } from './far-rows'
import { useFarScroll } from './use-far-scroll'
import classes from './virtual-table.module.css'

const ROW = 36
const NARROW_ROW = 56
/** Rows kept beyond the edges, and how near its end a list asks for more. */
const OVERSCAN = 12
const ASK_AHEAD = 40

export type Column<T> = {
  key: string
  title: string
  /** A track of the grid: `120px`, `minmax(140px, 2fr)`. */
  width: string
  right?: boolean
  /** The title is for screen readers alone: of a column of small buttons. */
  unseen?: boolean
  /** Stands in the head instead of the title: a box that chooses all rows. */
  head?: ReactNode
  cell: (row: T) => ReactNode
}

export type VirtualTableProps<T> = {
  /** What the rows are, for screen readers. */
  label: string
  columns: Column<T>[]
  rows: T[]
  /** Rows by their place instead, for a list of any length whose scroll bar reaches all of it. */
  far?: FarRows<T>
  rowKey: (row: T) => string
  /** How many there are in all, when it is known. */
  total?: number
  /** Both lines of a row on a phone. */
  narrow: (row: T) => ReactNode
  onOpen?: (row: T) => void
  /** The space bar on a row chooses it; with shift, all rows since the last one. */
  onChoose?: (row: T, isRange: boolean) => void
  hasMore?: boolean
  onMore?: () => void
  height?: number | string
  selected?: string
}

export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { rows, far, hasMore, onMore } = props
  const scroller = useRef<HTMLDivElement>(null)
  const isNarrow = useMediaQuery('(max-width: 640px)') ?? false
  const count = far?.count ?? rows.length
  const rowHeight = isNarrow ? NARROW_ROW : ROW
  const { height, shift, observe } = useFarScroll(count * rowHeight)
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    observeElementOffset: observe,
    overscan: OVERSCAN,
  })
  const items = virtual.getVirtualItems()
  const [first, last] = [items.at(0)?.index ?? 0, items.at(-1)?.index ?? 0]
  useEffect(() => {
    if (hasMore && last >= rows.length - ASK_AHEAD) onMore?.()
  }, [hasMore, onMore, last, rows.length])
  const onSight = far?.onSight
  useEffect(() => onSight?.(first, last), [onSight, first, last])
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are measured anew when their height changes
  useEffect(() => virtual.measure(), [isNarrow])
  const template = props.columns.map(column => column.width).join(' ')
  const said = {
    columns: props.columns,
    narrow: props.narrow,
    onOpen: props.onOpen,
    onChoose: props.onChoose,
  }
  return (
    <div ref={scroller} className={classes.scroller} style={{ maxHeight: props.height ?? '70vh' }}>
      <div role="table" aria-label={props.label} aria-rowcount={props.total ?? (hasMore ? -1 : count)}>
        {!isNarrow && <Head columns={props.columns} template={template} />}
        <div role="rowgroup" style={{ height, position: 'relative' }}>
          {items.map(({ index, start }) => {
            const row = far ? far.at(index) : rows[index]
            const at = { index, start: start - shift, template, isNarrow }
            if (row === undefined) return <Coming key={`coming-${index}`} {...at} />
            const key = props.rowKey(row)
            const isSelected = props.selected === undefined ? undefined : props.selected === key
            return <Row key={key} {...at} {...said} row={row} isSelected={isSelected} />
          })}
        </div>
      </div>
    </div>
  )
}

type At = { index: number; start: number; template: string; isNarrow: boolean }

/** A row that has been asked for. Its place is kept. */
function Coming({ index, start, isNarrow }: At) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: there is nothing to do with it yet
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-busy
      className={isNarrow ? classes.narrow : `${classes.row} ${classes.columns}`}
      style={{ transform: `translateY(${start}px)` }}
    >
      <div role="cell" className={classes.coming} />
    </div>
  )
}

function Head<T>({ columns, template }: { columns: Column<T>[]; template: string }) {
  return (
    <div role="rowgroup" className={classes.head}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: heads of columns are read, nothing is done with them */}
      <div role="row" className={classes.columns} style={{ gridTemplateColumns: template }}>
        {columns.map(column => (
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          <div role="columnheader" key={column.key} data-right={column.right || undefined}>
            {column.head ?? (column.unseen ? <VisuallyHidden>{column.title}</VisuallyHidden> : column.title)}
          </div>
        ))}
      </div>
    </div>
  )
}

type RowProps<T> = At &
  Pick<VirtualTableProps<T>, 'columns' | 'narrow' | 'onOpen' | 'onChoose'> & {
    row: T
    isSelected: boolean | undefined
  }

function PlainRow<T>(props: RowProps<T>) {
  const { row, index, start, template, isNarrow, columns, narrow, onOpen, onChoose, isSelected } = props
  function pressed(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return
    if (event.key === 'Enter') onOpen?.(row)
    if (event.key !== ' ' || !onChoose) return
    event.preventDefault()
    onChoose(row, event.shiftKey)
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={isSelected}
      tabIndex={onOpen ? 0 : undefined}
      data-open={onOpen ? true : undefined}
      className={isNarrow ? classes.narrow : `${classes.row} ${classes.columns}`}
      style={{ transform: `translateY(${start}px)`, gridTemplateColumns: isNarrow ? undefined : template }}
      onClick={onOpen && (() => onOpen(row))}
      onKeyDown={pressed}
    >
      {isNarrow ? (
        <div role="cell">{narrow(row)}</div>
      ) : (
        columns.map(column => (
          <div role="cell" key={column.key} data-right={column.right || undefined}>
            {column.cell(row)}
          </div>
        ))
      )}
    </div>
  )
}

/** Drawn anew only when something in it changes: scrolling draws what comes into sight and nothing else. */
const Row = memo(PlainRow) as typeof PlainRow
