/** The line itself, drawn on a canvas. Loaded when it is first seen. */
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Point } from './minutes'
import { useFormats } from './says'

/** Room for figures beside, and times below. */
const AXIS = 50
const FONT = '12px system-ui, sans-serif'

function columns(line: Point[]): uPlot.AlignedData {
  return [
    line.map(point => point.at / 1000),
    line.map(point => point.started),
    line.map(point => point.answered),
  ]
}

function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

type Look = { width: number; height: number; minute: (at: number) => string; n: (value: number) => string }

function options({ width, height, minute, n }: Look): uPlot.Options {
  const quiet = color('--quiet')
  const axis = {
    stroke: quiet,
    font: FONT,
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
  }
  return {
    width,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 28, 0, 0],
    // From nothing to somewhat above the highest, so that a line's height means something.
    scales: { y: { range: (_, __, most) => [0, Math.max(5, Math.ceil(most * 1.1))] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 80,
        size: 24,
        values: (_, at) => at.map(it => minute(it * 1000)),
      },
      {
        ...axis,
        size: AXIS,
        space: 36,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000],
        values: (_, at) => at.map(n),
      },
    ],
    series: [
      {},
      { stroke: color('--mantine-primary-color-filled'), width: 2, points: { show: false } },
      { stroke: color('--outcome-answered'), width: 2, dash: [5, 4], points: { show: false } },
    ],
  }
}

export function PaceChart({ line, height }: { line: Point[]; height: number }) {
  const scheme = useComputedColorScheme('light')
  const { minute, n } = useFormats()
  const { ref, width } = useElementSize()
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew for another width or scheme; data follow below
  useEffect(() => {
    if (!host.current || width === 0) return
    plot.current = new uPlot(options({ width, height, minute, n }), columns(line), host.current)
    return () => {
      plot.current?.destroy()
      plot.current = null
    }
  }, [width, height, scheme])
  useEffect(() => plot.current?.setData(columns(line)), [line])
  return (
    <div ref={ref} style={{ height }} aria-hidden>
      <div ref={host} />
    </div>
  )
}
