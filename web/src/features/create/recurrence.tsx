/** A recurring schedule: its pattern, its end, and what becomes of runs that meet. In the guide's words. */
import {
  Anchor,
  Checkbox,
  NumberInput,
  Radio,
  SegmentedControl,
  Select,
  Stack,
  TextInput,
} from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { isShort } from '@/shared/schedule'
import type { FormProps } from './begin'
import { DaysInput } from './days-input'
import classes from './schedule.module.css'

type ListSource = Schemas['ListSource']

const UNITS = ['day', 'week', 'month'] as const
const ENDS = ['date', 'occurrences', 'never'] as const
const OVERLAPS = ['skip', 'wait'] as const
const SHORT_MONTHS = ['last_day', 'skip'] as const
const INTERVAL_MAX = 30
const DAYS_OF_MONTH = 31
const RUNS_MAX = 1_000

export function Recurrence({ source, ...props }: ContactsProps) {
  return (
    <>
      <Pattern {...props} />
      <End {...props} />
      <Contacts {...props} source={source} />
      <Overlap {...props} />
    </>
  )
}

function Pattern(props: FormProps) {
  const { form, set, problemOf } = props
  const { t } = useTranslation()
  return (
    <fieldset className={classes.part}>
      <legend>{t('create.begin.pattern')}</legend>
      <SegmentedControl
        aria-label={t('create.begin.pattern')}
        data={UNITS.map(value => ({ value, label: t(`create.begin.unit.${value}`) }))}
        value={form.unit}
        onChange={unit => set({ unit: UNITS.find(it => it === unit) ?? 'week' })}
      />
      <div className={classes.pattern}>
        {form.unit === 'day' && (
          <NumberInput
            w={200}
            label={t('create.begin.interval')}
            description={t('create.begin.intervalHint')}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            suffix={t('create.begin.intervalSuffix', { count: form.interval })}
            allowDecimal={false}
            min={1}
            max={INTERVAL_MAX}
            value={form.interval}
            onChange={value => typeof value === 'number' && set({ interval: value })}
            error={problemOf('schedule.every.interval')}
          />
        )}
        {form.unit === 'week' && (
          <DaysInput
            days={form.days}
            onChange={days => set({ days })}
            error={problemOf('schedule.every.days')}
          />
        )}
        {form.unit === 'month' && <MonthDay {...props} />}
      </div>
    </fieldset>
  )
}

function MonthDay({ form, set, problemOf }: FormProps) {
  const { t } = useTranslation()
  const days = Array.from({ length: DAYS_OF_MONTH }, (_, at) => String(at + 1))
  const isShortDay = isShort({ unit: 'month', day: form.day })
  return (
    <div className={classes.line}>
      <Select
        w={170}
        label={t('create.begin.day')}
        data={[
          ...days.map(value => ({ value, label: value })),
          { value: 'last', label: t('create.begin.last') },
        ]}
        value={String(form.day)}
        onChange={day => day && set({ day: day === 'last' ? day : Number(day) })}
        error={problemOf('schedule.every.day')}
      />
      {isShortDay && (
        <Select
          w={240}
          label={t('create.begin.short')}
          data={SHORT_MONTHS.map(value => ({ value, label: t(`create.begin.shortMonths.${value}`) }))}
          value={form.shortMonths}
          onChange={word => set({ shortMonths: SHORT_MONTHS.find(it => it === word) ?? 'last_day' })}
          error={problemOf('schedule.short_months')}
        />
      )}
    </div>
  )
}

function End({ form, set, problemOf }: FormProps) {
  const { t } = useTranslation()
  return (
    <fieldset className={classes.part}>
      <legend>{t('create.begin.end')}</legend>
      <Radio.Group
        value={form.end}
        onChange={end => set({ end: ENDS.find(it => it === end) ?? 'never' })}
        aria-label={t('create.begin.end')}
        error={form.end === 'never' ? problemOf('schedule.until') : undefined}
      >
        <Stack gap={8}>
          {ENDS.map(end => (
            <Radio
              key={end}
              value={end}
              label={t(`create.begin.ends.${end}`)}
              description={t(`create.begin.endHints.${end}`)}
            />
          ))}
        </Stack>
      </Radio.Group>
      <div className={classes.pattern}>
        {form.end === 'date' && (
          <TextInput
            type="date"
            w={170}
            label={t('create.begin.endDate')}
            value={form.endDate}
            onChange={event => set({ endDate: event.currentTarget.value })}
            error={problemOf('schedule.until')}
          />
        )}
        {form.end === 'occurrences' && (
          <NumberInput
            w={130}
            label={t('create.begin.count')}
            allowDecimal={false}
            min={1}
            max={RUNS_MAX}
            value={form.count}
            onChange={value => typeof value === 'number' && set({ count: value })}
            error={problemOf('schedule.until')}
          />
        )}
      </div>
    </fieldset>
  )
}

type ContactsProps = FormProps & { source: ListSource | null | undefined }

/** The same list each time, or the sheet it came from, fetched again shortly before each run. */
function Contacts({ form, set, problemOf, source }: ContactsProps) {
  const { t } = useTranslation()
  const isFresh = form.contacts === 'refresh_sheet'
  return (
    <div>
      <Radio.Group
        label={t('create.begin.contacts')}
        value={form.contacts}
        onChange={word => set({ contacts: word === 'refresh_sheet' ? word : 'same' })}
        error={problemOf('schedule.contacts')}
      >
        <Stack gap={8} mt={8}>
          <Radio value="same" label={t('create.begin.same')} description={t('create.begin.sameHint')} />
          <Radio
            value="refresh_sheet"
            disabled={!source && !isFresh}
            label={t('create.begin.fresh')}
            description={t(source ? 'create.begin.freshHint' : 'create.begin.noSheet')}
          />
        </Stack>
      </Radio.Group>
      {isFresh && (
        <div className={classes.fresh}>
          {source && (
            <Anchor href={source.url} target="_blank" rel="noreferrer" fz="sm">
              {t('create.begin.sheet')}
            </Anchor>
          )}
          <Checkbox
            label={t('create.begin.shrunk')}
            description={t('create.begin.shrunkHint')}
            checked={form.acceptShrunk}
            onChange={event => set({ acceptShrunk: event.currentTarget.checked })}
          />
        </div>
      )}
    </div>
  )
}

function Overlap({ form, set, problemOf }: FormProps) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      label={t('create.begin.overlap')}
      value={form.overlap}
      onChange={word => set({ overlap: OVERLAPS.find(it => it === word) ?? 'skip' })}
      error={problemOf('schedule.overlap')}
    >
      <Stack gap={8} mt={8}>
        {OVERLAPS.map(word => (
          <Radio key={word} value={word} label={t(`create.begin.overlaps.${word}`)} />
        ))}
      </Stack>
    </Radio.Group>
  )
}
