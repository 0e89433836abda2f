/** The numbers that the people called see: chosen among the carrier's; none means the default, which is named. */
import { Anchor, MultiSelect, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMay } from '@/app/session'
import { defaultNumber, type NumberMark, offered, useCallerIds } from '@/shared/caller-ids'
import { phone } from '@/shared/format'
import { useWords } from '@/shared/says'
import type { Editing } from './use-draft'

const CALLER_IDS_MAX = 50

export function CallerNumbers({ editing: { campaign, change, problemOf } }: { editing: Editing }) {
  const { t } = useTranslation()
  const words = useWords()
  const { data: numbers, error } = useCallerIds()
  const chosen = campaign.caller_ids
  const standard = defaultNumber(numbers)
  function label(number: string, mark: NumberMark): string {
    return mark ? t(`create.options.callerIdMark.${mark}`, { number: phone(number) }) : phone(number)
  }
  return (
    <div>
      <MultiSelect
        label={t('create.options.callerIds')}
        description={t('create.options.callerIdsHint')}
        placeholder={chosen.length === 0 ? t('create.options.callerIdsDefault') : undefined}
        data={offered(numbers ?? [], chosen).map(({ number, mark }) => ({
          value: number,
          label: label(number, mark),
        }))}
        value={chosen}
        onChange={caller_ids => change({ caller_ids })}
        error={problemOf('caller_ids') ?? (error && !numbers ? words(error) : undefined)}
        maxValues={CALLER_IDS_MAX}
        disabled={numbers?.length === 0 && chosen.length === 0}
        clearable
      />
      <Text fz="sm" c="dimmed" mt={4} mih={19}>
        {chosen.length === 0 && standard && t('create.options.callerIdsNone', { number: phone(standard) })}
        {numbers?.length === 0 && <NoNumbers />}
      </Text>
    </div>
  )
}

/** Who can mend it is led there; others are told whom to ask. */
function NoNumbers() {
  const { t } = useTranslation()
  const mayMend = useMay('edit_carrier')
  if (!mayMend) return t('create.options.callerIdsAsk')
  return (
    <>
      {t('create.options.callerIdsMissing')}{' '}
      <Anchor component={Link} to="/admin/carrier" fz="sm" underline="always">
        {t('create.options.callerIdsCarrier')}
      </Anchor>
    </>
  )
}
