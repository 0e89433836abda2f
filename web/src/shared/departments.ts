/** The departments one belongs to, by name; all of them for an administrator. */
import { useQuery } from '@tanstack/react-query'
import { body, client, type Schemas } from '@/api/client'

export type Department = Schemas['DepartmentView']

/** The API's largest page. An organization with more departments than this names them by search, one day. */
const PAGE = 200

const DEPARTMENTS = {
  queryKey: ['departments'],
  queryFn: async (): Promise<Department[]> =>
    (await body(client.GET('/api/v1/departments', { params: { query: { limit: PAGE } } }))).items,
}

export function useDepartments(enabled = true) {
  return useQuery({ ...DEPARTMENTS, enabled })
}

/** The name of a department; nothing when there is only one, since that says nothing. */
export function useDepartmentName(): (id: string) => string | undefined {
  const { data = [] } = useDepartments()
  return id => (data.length > 1 ? data.find(department => department.id === id)?.name : undefined)
}
