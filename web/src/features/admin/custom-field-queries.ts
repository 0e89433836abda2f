/** Custom fields changed: saved, put in another place, archived and restored. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { body, client } from '@/api/client'
import { CUSTOM_FIELDS, type CustomField } from '@/shared/custom-fields'
import { type FieldDraft, fieldChange, newField, type Placed } from './custom-field-draft'

type Change = ReturnType<typeof fieldChange>

function change(id: string, told: Change): Promise<CustomField> {
  return body(client.PATCH('/api/v1/custom-fields/{id}', { params: { path: { id } }, body: told }))
}

/** Defines a field, or changes the one given. */
export function useSaveField(known: CustomField | undefined, onSaved: (field: CustomField) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (draft: FieldDraft) =>
      known
        ? change(known.id, fieldChange(known, draft))
        : body(client.POST('/api/v1/custom-fields', { body: newField(draft) })),
    onSuccess: saved => {
      void queries.invalidateQueries({ queryKey: CUSTOM_FIELDS })
      onSaved(saved)
    },
  })
}

/** Out of the forms, or into them again. */
export function useArchive() {
  const queries = useQueryClient()
  return async ({ id, version }: CustomField, archived: boolean) => {
    await change(id, { version, archived })
    await queries.invalidateQueries({ queryKey: CUSTOM_FIELDS })
  }
}

/** Gives fields their places, one after the other; the list is read anew also when somebody else was faster. */
export function usePlaces() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (places: Placed[]) => {
      for (const { id, version, position } of places) await change(id, { version, position })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: CUSTOM_FIELDS }),
  })
}
