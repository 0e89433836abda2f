/** The second step: which column is what, how to read the rows; then what the list holds, and the import. */
import { Button, Group, Select, Stack, Switch, TagsInput, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { useMe } from '@/app/session'
import { locale } from '@/i18n'
import type { CustomField } from '@/shared/custom-fields'
import { count } from '@/shared/format'
import { countries } from '@/shared/places'
import { useWords } from '@/shared/says'
import { LookResult } from './look-result'
import { fromSuggested, isReadable, toMapping } from './mapping'
import { MappingTable } from './mapping-table'
import { type Accepted, NOTHING_ACCEPTED } from './repairs'
import { Repairs } from './repairs-panel'
import { sourceOf } from './sheet'
import { type Import, useCommit, useLook, type Wish } from './use-import'

type Props = {
  import_: Import
  /** Custom fields that a column can be. */
  defined: CustomField[]
  campaign: string | undefined
  onCancel: () => void
}
type Options = Omit<Wish, 'mapping' | 'accepted'>

export function MappingForm({ import_, defined, campaign, onCancel }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const { default_country } = useMe().organization
  const [choices, setChoices] = useState(() => fromSuggested(import_, defined))
  const [options, setOptions] = useState<Options>({
    default_country,
    duplicates: 'skip',
    tags: [],
    mode: 'lenient',
  })
  const [accepted, setAccepted] = useState(NOTHING_ACCEPTED)
  // Stays while the list is looked at again, so that nothing jumps.
  const [found, setFound] = useState<Schemas['LookView']>()
  const looking = useLook(import_.id)
  const committing = useCommit(import_.id, campaign)
  const wish: Wish = { ...options, mapping: toMapping(choices), accepted }
  const error = looking.error ?? committing.error
  // What was found, and accepted, holds for the mapping and the country that it was found with.
  function forget() {
    setFound(undefined)
    setAccepted(NOTHING_ACCEPTED)
    looking.reset()
  }
  function change(part: Partial<Options>) {
    setOptions(old => ({ ...old, ...part }))
    if (part.default_country) forget()
  }
  function look(next: Accepted) {
    setAccepted(next)
    looking.mutate({ ...wish, accepted: next }, { onSuccess: setFound })
  }
  return (
    <Stack gap="md">
      <Text>
        <b>{import_.file_name}</b>{' '}
        <Text span c="dimmed" fz="sm">
          {t('listImport.map.file', { rows: count(import_.rows, locale()), encoding: import_.encoding })}
        </Text>
      </Text>
      <MappingTable
        columns={import_.columns}
        defined={defined}
        choices={choices}
        onChange={next => {
          setChoices(next)
          forget()
        }}
      />
      <ReadOptions options={options} change={change} />
      {error && (
        <Text c="var(--status-failed)" fz="sm" role="alert">
          {words(error)}
        </Text>
      )}
      {found && (
        <LookResult look={found} isForCampaign={campaign !== undefined}>
          <Repairs look={found} accepted={accepted} isLooking={looking.isPending} onAccept={look} />
        </LookResult>
      )}
      <Group justify="space-between">
        <Button variant="default" onClick={onCancel}>
          {t(`listImport.map.other.${sourceOf(import_)}`)}
        </Button>
        {found ? (
          <Button
            loading={committing.isPending}
            disabled={looking.isPending}
            onClick={() => committing.mutate(wish)}
          >
            {t('listImport.map.import')}
          </Button>
        ) : (
          <Button loading={looking.isPending} disabled={!isReadable(choices)} onClick={() => look(accepted)}>
            {t('listImport.map.validate')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function ReadOptions({ options, change }: { options: Options; change: (part: Partial<Options>) => void }) {
  const { t } = useTranslation()
  return (
    <Group align="start" gap="md" grow preventGrowOverflow={false}>
      <Select
        label={t('listImport.map.country')}
        description={t('listImport.map.countryHint')}
        searchable
        data={countries()}
        value={options.default_country}
        onChange={country => country && change({ default_country: country })}
      />
      <Select
        label={t('listImport.map.duplicates')}
        description={t('listImport.map.duplicatesHint')}
        data={[
          { value: 'skip', label: t('listImport.map.skip') },
          { value: 'update', label: t('listImport.map.update') },
        ]}
        value={options.duplicates}
        onChange={value => change({ duplicates: value === 'update' ? 'update' : 'skip' })}
      />
      <TagsInput
        label={t('listImport.map.tags')}
        description={t('listImport.map.tagsHint')}
        value={options.tags}
        onChange={tags => change({ tags })}
      />
      <Switch
        mt={4}
        label={t('listImport.map.strict')}
        description={t('listImport.map.strictHint')}
        checked={options.mode === 'strict'}
        onChange={event => change({ mode: event.currentTarget.checked ? 'strict' : 'lenient' })}
      />
    </Group>
  )
}
