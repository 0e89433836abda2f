/** Contacts from the server, and what a change makes old. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { body, client, done, type Schemas } from '@/api/client'
import { PAGE_ROWS, usePaged } from '@/shared/paged'
import { type ContactDraft, contactChange, newContact } from './contact-draft'

export type Contact = Schemas['ContactView']
export type ContactAttempt = Schemas['ContactAttempt']

export function useContact(id: string) {
  return useQuery({
    queryKey: ['contacts', 'one', id],
    queryFn: () => body(client.GET('/api/v1/contacts/{id}', { params: { path: { id } } })),
  })
}

/** The calls to a contact in all campaigns that one may see, newest first. */
export function useHistory(id: string) {
  return usePaged<ContactAttempt>(['contacts', 'one', id, 'attempts'], cursor =>
    body(
      client.GET('/api/v1/contacts/{id}/attempts', {
        params: { path: { id }, query: { cursor, limit: PAGE_ROWS } },
      }),
    ),
  )
}

/** Adds a contact, or changes the one given. */
export function useSaveContact(known: Contact | undefined, onSaved: (contact: Contact) => void) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (draft: ContactDraft) =>
      known
        ? body(
            client.PATCH('/api/v1/contacts/{id}', {
              params: { path: { id: known.id } },
              body: contactChange(known, draft),
            }),
          )
        : body(client.POST('/api/v1/contacts', { body: newContact(draft) })),
    onSuccess: contact => {
      queries.setQueryData(['contacts', 'one', contact.id], contact)
      void queries.invalidateQueries({ queryKey: ['contacts', 'list'] })
      // The tag DNC puts the number there.
      void queries.invalidateQueries({ queryKey: ['do-not-call'] })
      onSaved(contact)
    },
  })
}

export function useRemoveContact() {
  const queries = useQueryClient()
  return async (id: string) => {
    await done(client.DELETE('/api/v1/contacts/{id}', { params: { path: { id } } }))
    queries.removeQueries({ queryKey: ['contacts', 'one', id] })
    await queries.invalidateQueries({ queryKey: ['contacts', 'list'] })
  }
}
