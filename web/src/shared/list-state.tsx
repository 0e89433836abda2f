/** A list that comes page by page: loading, an error, nothing yet, nothing found, or its rows. Heights are reserved. */
import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, Loading } from './states'

type Listed = {
  rows: unknown[]
  error: unknown
  isPending: boolean
  isFetchNextPageError?: boolean
  refetch: () => unknown
}

type Props = {
  list: Listed
  /** Whether a search or a filter narrows it: then an empty list means that nothing fits. */
  narrowed?: boolean
  /** What the list is for and how it begins. */
  empty: ReactNode
  /** Pixels kept while nothing is there yet. */
  height?: number
  children: ReactNode
}

export function ListState({ list, narrowed = false, empty, height = 320, children }: Props) {
  const { t } = useTranslation()
  if (list.isPending) return <Loading height={height} />
  if (list.error && list.rows.length === 0)
    return <ErrorState error={list.error} onAgain={() => void list.refetch()} />
  if (list.rows.length > 0) return children
  if (!narrowed) return empty
  return (
    <Text c="dimmed" ta="center" py={48} role="status">
      {t('shared.state.nothingFits')}
    </Text>
  )
}
