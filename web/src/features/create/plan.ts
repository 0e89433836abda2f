/** What will happen, as the clauses of one sentence. Pure; the words are the texts'. */
import { spokenSeconds } from '@/shared/spoken'
import type { Campaign } from './draft'
import { parse, render } from './template'

export type Clause =
  | { word: 'people'; n: number }
  | { word: 'nobody' }
  | { word: 'recipientHours'; start: string; end: string }
  | { word: 'anyHour' }
  | { word: 'campaignHours'; start: string; end: string; timezone: string }
  | { word: 'attempts'; n: number }
  | { word: 'speaks' | 'plays'; seconds: number }
  | { word: 'noMessage' | 'optOut' | 'hangsUp' | 'leavesMessage' | 'hangsUpOnMachines' }

/** What the sentence needs beside the campaign. */
export type PlanFacts = {
  /** Those who may be called; undefined while it is asked for. */
  callable: number | undefined
  /** Length of the recording, when one is chosen and known. */
  audioSeconds: number | undefined
  organization: string
}

/** How long the message is, in seconds; undefined when there is none or it can't be known. */
export function messageSeconds(campaign: Pick<Campaign, 'message'>, facts: PlanFacts): number | undefined {
  const { message } = campaign
  if (message?.kind === 'audio') return facts.audioSeconds
  if (!message?.text?.trim()) return undefined
  const { parts } = parse(message.text)
  if (!parts) return undefined
  const { text } = render(parts, { organization_name: facts.organization })
  return spokenSeconds(text, message.rate_percent ?? 100)
}

export function plan(campaign: Campaign, facts: PlanFacts): Clause[] {
  const clauses: Clause[] = []
  if (facts.callable !== undefined) {
    clauses.push(facts.callable > 0 ? { word: 'people', n: facts.callable } : { word: 'nobody' })
  }
  return [...clauses, ...hours(campaign), ...attempts(campaign), ...message(campaign, facts)]
}

function hours({ recipient_hours, calling_hours }: Campaign): Clause[] {
  const clauses: Clause[] = []
  const { enabled, start, end } = recipient_hours
  clauses.push(enabled ? { word: 'recipientHours', start, end } : { word: 'anyHour' })
  if (calling_hours) {
    const { start: from, end: until, timezone } = calling_hours
    clauses.push({ word: 'campaignHours', start: from, end: until, timezone })
  }
  return clauses
}

function attempts({ retry }: Campaign): Clause[] {
  return [{ word: 'attempts', n: retry.on.length === 0 ? 1 : retry.max_attempts }]
}

function message(campaign: Campaign, facts: PlanFacts): Clause[] {
  const seconds = messageSeconds(campaign, facts)
  const isRecording = campaign.message?.kind === 'audio'
  const clauses: Clause[] = []
  if (seconds === undefined && !(isRecording && campaign.message?.audio_id))
    clauses.push({ word: 'noMessage' })
  else clauses.push({ word: isRecording ? 'plays' : 'speaks', seconds: seconds ?? 0 })
  if (campaign.opt_out.enabled) clauses.push({ word: 'optOut' })
  clauses.push({ word: 'hangsUp' })
  if (campaign.answering_machine === 'leave_message') clauses.push({ word: 'leavesMessage' })
  if (campaign.answering_machine === 'hang_up') clauses.push({ word: 'hangsUpOnMachines' })
  return clauses
}

/** Calls at the most, when everyone needs every attempt. */
export function callsAtMost(campaign: Pick<Campaign, 'retry'>, callable: number): number {
  return callable * (campaign.retry.on.length === 0 ? 1 : campaign.retry.max_attempts)
}
