/** The text of a message: fields are put in where the cursor is; length, seconds and missing values are told. */
import { Button, Text, Textarea } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Schemas } from '@/api/client'
import { locale } from '@/i18n'
import { labelOf, useCustomFields } from '@/shared/custom-fields'
import { count } from '@/shared/format'
import { ADVISED_SECONDS } from './advice'
import classes from './call-step.module.css'
import { MissingValues } from './missing-values'
import { messageSeconds, type PlanFacts } from './plan'
import type { Sample } from './queries'
import type { Readiness } from './readiness'
import { CONTACT_FIELDS, giveDefault, insert, parse, RENDERED_LENGTH_MAX } from './template'
import { useTemplateWords } from './words'

type Message = Schemas['Message']

/** Fields that people want to hear; the others can be typed. */
const OFFERED = CONTACT_FIELDS.slice(0, 5)

type Props = {
  message: Message
  samples: Sample[]
  readiness: Readiness | undefined
  facts: PlanFacts
  onChange: (message: Message) => void
  error: string | undefined
}

export function MessageEditor({ message, samples, readiness, facts, onChange, error }: Props) {
  const { t } = useTranslation()
  const templateWords = useTemplateWords()
  const field = useRef<HTMLTextAreaElement>(null)
  const text = message.text ?? ''
  const parsed = parse(text)
  const { data: definitions = [] } = useCustomFields()
  // Defined fields in their order, then what people have beside them.
  const defined = definitions.filter(it => !it.archived).map(it => it.key)
  const own = samples.flatMap(it => Object.keys(it.fields)).sort()
  const custom = [...new Set([...defined, ...own])].filter(
    name => !CONTACT_FIELDS.some(known => known === name),
  )
  function put(name: string) {
    const area = field.current
    write(insert(text, name, area?.selectionStart ?? text.length, area?.selectionEnd ?? text.length))
  }
  function write(next: { text: string; at: number }) {
    const area = field.current
    onChange({ ...message, text: next.text })
    // After the text is drawn, so that the cursor stands behind the field and typing goes on.
    requestAnimationFrame(() => {
      area?.focus()
      area?.setSelectionRange(next.at, next.at)
    })
  }
  return (
    <div>
      <Text fz="sm" fw={600} mb={4} id="merge-fields">
        {t('create.call.fields')}
      </Text>
      <div className={classes.chips} role="group" aria-labelledby="merge-fields">
        {[...OFFERED, ...custom].map(name => (
          <Button
            key={name}
            size="compact-xs"
            variant="default"
            // The cursor stays where it is in the text.
            onMouseDown={event => event.preventDefault()}
            title={`{{${name}}}`}
            onClick={() => put(name)}
          >
            {labelOf(definitions, name)}
          </Button>
        ))}
      </div>
      <Textarea
        ref={field}
        mt="sm"
        label={t('create.call.text')}
        placeholder={t('create.call.placeholder')}
        description={t('create.call.textHint', { example: '{{first_name|there}}' })}
        minRows={5}
        maxRows={16}
        value={text}
        onChange={event => onChange({ ...message, text: event.currentTarget.value })}
        error={parsed.error ? templateWords(parsed.error) : error}
      />
      <Length message={message} text={text} facts={facts} />
      {parsed.parts && (
        <MissingValues
          parts={parsed.parts}
          readiness={readiness}
          language={message.language ?? ''}
          onDefault={(name, fallback) => write(giveDefault(text, name, fallback))}
        />
      )}
    </div>
  )
}

function Length({ message, text, facts }: { message: Message; text: string; facts: PlanFacts }) {
  const { t } = useTranslation()
  const characters = Array.from(text).length
  const seconds = messageSeconds({ message }, facts)
  const isLong = seconds !== undefined && seconds > ADVISED_SECONDS
  return (
    <div className={classes.count} role="status">
      <span>
        {t('create.call.characters', {
          n: count(characters, locale()),
          max: count(RENDERED_LENGTH_MAX, locale()),
        })}
      </span>
      {seconds !== undefined && (
        <span className={isLong ? classes.warn : undefined}>
          {t(isLong ? 'create.call.tooLong' : 'create.call.seconds', {
            count: seconds,
            max: ADVISED_SECONDS,
          })}
        </span>
      )}
    </div>
  )
}
