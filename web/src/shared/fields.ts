/** What was typed into a form, and what the API says is wrong with each field. What was typed stays after an error. */
import { useState } from 'react'
import { isWithin, Problem } from '@/api/client'

type Typed = { currentTarget: { value: string } }
type TextOf<T> = { [K in keyof T]: T[K] extends string ? K : never }[keyof T] & string

/** Props of inputs by the name of their field: `{...fields.text('email')}`, `{...fields.value('tags')}`. */
export function useFields<T extends object>(initial: T, error: unknown) {
  const [values, setValues] = useState(initial)
  const problem = error instanceof Problem ? error : undefined
  function set<K extends keyof T>(name: K, value: T[K]) {
    setValues(old => ({ ...old, [name]: value }))
  }
  /** For inputs that tell what was typed by an event. */
  function text(name: TextOf<T>) {
    return {
      value: String(values[name]),
      error: problem?.of(name),
      onChange: (event: Typed) => {
        const { value } = event.currentTarget
        setValues(old => ({ ...old, [name]: value }))
      },
    }
  }
  /** For inputs that hand over the value itself. */
  function value<K extends keyof T & string>(name: K) {
    return {
      value: values[name],
      error: problem?.of(name),
      onChange: (next: T[K]) => set(name, next),
    }
  }
  return { values, setValues, set, text, value }
}

/** Whether everything that an error complains about has a field of the form to stand beside. */
export function standsBeside(error: unknown, fields: readonly string[]): boolean {
  if (!(error instanceof Problem) || error.fields.length === 0) return false
  return error.fields.every(it => fields.some(name => isWithin(it.field, name)))
}

/** The newer version that a stale edit was answered with: the API says that it is the resource itself, whatever its type. */
export function newerVersion<T>(error: unknown): T | undefined {
  return error instanceof Problem && error.name === 'version-conflict' ? (error.current as T) : undefined
}
