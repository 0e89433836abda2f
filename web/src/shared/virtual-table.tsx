/** A table of any length: only the rows in sight exist. Rows are 36 px high; on a phone, two lines. */
import { VisuallyHidden } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
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
  cell: (row: T) => ReactNode
}

export type VirtualTableProps<T> = {
  /** What the rows are, for screen readers. */
  label: string
  columns: Column<T>[]
  rows: T[]
  rowKey: (row: T) => string
  /** How many there are in all, when it is known. */
  total?: number
  /** Both lines of a row on a phone. */
  narrow: (row: T) => ReactNode
  onOpen?: (row: T) => void
  hasMore?: boolean
  onMore?: () => void
  height?: number | string
  selected?: string
}

export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { rows, hasMore, onMore } = props
  const scroller = useRef<HTMLDivElement>(null)
  const isNarrow = useMediaQuery('(max-width: 640px)') ?? false
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isNarrow ? NARROW_ROW : ROW),
    overscan: OVERSCAN,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= rows.length - ASK_AHEAD) onMore?.()
  }, [hasMore, onMore, last, rows.length])
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows are measured anew when their height changes
  useEffect(() => virtual.measure(), [isNarrow])
  const template = props.columns.map(column => column.width).join(' ')
  return (
    <div ref={scroller} className={classes.scroller} style={{ maxHeight: props.height ?? '70vh' }}>
      <div role="table" aria-label={props.label} aria-rowcount={props.total ?? (hasMore ? -1 : rows.length)}>
        {!isNarrow && <Head columns={props.columns} template={template} />}
        <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map(item => {
            const row = rows[item.index]
            return row === undefined ? null : (
              <Row
                key={props.rowKey(row)}
                {...props}
                row={row}
                index={item.index}
                start={item.start}
                template={template}
                isNarrow={isNarrow}
              />
            )
          })}
        </div>
      </div>
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
            {column.unseen ? <VisuallyHidden>{column.title}</VisuallyHidden> : column.title}
          </div>
        ))}
      </div>
    </div>
  )
}

type RowProps<T> = VirtualTableProps<T> & {
  row: T
  index: number
  start: number
  template: string
  isNarrow: boolean
}

function Row<T>({
  row,
  index,
  start,
  template,
  isNarrow,
  columns,
  narrow,
  onOpen,
  rowKey,
  selected,
}: RowProps<T>) {
  function pressed(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return
    onOpen?.(row)
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 1}
      aria-selected={selected === undefined ? undefined : selected === rowKey(row)}
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
