/** What a launch was refused for: said beside the steps and the fields until something is changed or it is tried anew. */
import { useState } from 'react'
import { isWithin } from '@/api/client'
import type { FieldProblem } from './draft'
import type { Editing } from './use-draft'

type Refusal = { version: number; causes: FieldProblem[] }

export function useRefusal(editing: Editing) {
  const [refusal, setRefusal] = useState<Refusal>({ version: 0, causes: [] })
  const { campaign, draft } = editing
  const holds = refusal.version === campaign.version && Object.keys(draft.typed).length === 0
  const refused = holds ? refusal.causes : []
  return {
    refused,
    setRefused: (causes: FieldProblem[]) => setRefusal({ version: campaign.version, causes }),
    editing: {
      ...editing,
      problemOf: (field: string) =>
        editing.problemOf(field) ?? refused.find(it => isWithin(it.field, field))?.message,
    },
  }
}
