/** Custom fields in their order, moved by buttons; and those that are offered to nobody any more. */
import { ActionIcon, Button, Code, Group, Text, UnstyledButton } from '@mantine/core'
import { IconArchive, IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type CustomField, kindOf } from '@/shared/custom-fields'
import list from '@/shared/list.module.css'
import { warn } from '@/shared/notice'
import { useWords } from '@/shared/says'
import { moved, type Step } from './custom-field-draft'
import { useArchive, usePlaces } from './custom-field-queries'
import classes from './custom-fields.module.css'

type Props = {
  fields: CustomField[]
  mayManage: boolean
  onEdit: (field: CustomField) => void
  onArchive: (field: CustomField) => void
}

export function FieldList({ fields, mayManage, onEdit, onArchive }: Props) {
  const { t } = useTranslation()
  const words = useWords()
  const placing = usePlaces()
  function move(field: CustomField, step: Step) {
    placing.mutate(moved(fields, field.id, step), { onError: error => warn(words(error)) })
  }
  return (
    <ol className={list.list} aria-label={t('admin.customFields.title')}>
      {fields.map((field, index) => (
        <li key={field.id} className={`${list.row} ${classes.row}`}>
          <What field={field} onEdit={mayManage ? onEdit : undefined} />
          {mayManage && (
            <Group gap={4} wrap="nowrap" justify="flex-end">
              <Mover
                field={field}
                step={-1}
                disabled={index === 0 || placing.isPending}
                onMove={() => move(field, -1)}
              />
              <Mover
                field={field}
                step={1}
                disabled={index === fields.length - 1 || placing.isPending}
                onMove={() => move(field, 1)}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('admin.customFields.archiveOne', { label: field.label })}
                onClick={() => onArchive(field)}
              >
                <IconArchive size={16} />
              </ActionIcon>
            </Group>
          )}
        </li>
      ))}
    </ol>
  )
}

type MoverProps = { field: CustomField; step: Step; disabled: boolean; onMove: () => void }

/** Stays in the order of the tab key where it has nowhere to move to: who pressed it is not thrown elsewhere. */
function Mover({ field, step, disabled, onMove }: MoverProps) {
  const { t } = useTranslation()
  const Icon = step === -1 ? IconArrowUp : IconArrowDown
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      data-disabled={disabled || undefined}
      aria-disabled={disabled}
      aria-label={t(step === -1 ? 'admin.customFields.up' : 'admin.customFields.down', {
        label: field.label,
      })}
      onClick={() => disabled || onMove()}
    >
      <Icon size={16} />
    </ActionIcon>
  )
}

function What({ field, onEdit }: { field: CustomField; onEdit?: (field: CustomField) => void }) {
  const { t } = useTranslation()
  const kind = kindOf(field)
  const example =
    field.choices.length > 0 ? field.choices.join(', ') : t(`admin.customFields.example.${kind}`)
  const rules = [
    field.is_required && t('admin.customFields.is_required'),
    !field.is_visible && t('admin.customFields.hidden'),
  ].filter(Boolean)
  return (
    <>
      <div className={list.what}>
        {onEdit ? (
          <UnstyledButton className={list.name} maw="100%" display="block" onClick={() => onEdit(field)}>
            {field.label}
          </UnstyledButton>
        ) : (
          <div className={list.name}>{field.label}</div>
        )}
        <Code fz="xs">{field.key}</Code>
      </div>
      <div className={list.what}>
        {t(`shared.customKind.${kind}`)}
        <Text c="dimmed" fz="sm" truncate>
          {example}
        </Text>
      </div>
      <Text fz="sm" c="dimmed">
        {rules.join(' · ')}
      </Text>
    </>
  )
}

export function ArchivedFields({ fields, mayManage }: Pick<Props, 'fields' | 'mayManage'>) {
  const { t } = useTranslation()
  const words = useWords()
  const archive = useArchive()
  return (
    <ul className={list.list} aria-label={t('admin.customFields.archivedTitle')}>
      {fields.map(field => (
        <li key={field.id} className={`${list.row} ${classes.row}`}>
          <What field={field} />
          {mayManage && (
            <Button
              size="compact-sm"
              variant="default"
              justify="center"
              aria-label={t('admin.customFields.restoreOne', { label: field.label })}
              onClick={() => archive(field, false).catch(error => warn(words(error)))}
            >
              {t('admin.customFields.restore')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
