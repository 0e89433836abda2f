/** A scheduled campaign: what its page and its log say of its runs. */
export const campaignSchedule = {
  schedule: {
    skips: 'Runs that come while it is paused are skipped.',
    results: 'Results of run {{n}} as CSV',
    figures: '{{completed}} of {{total}} completed, {{failed}} failed',
    people_one: '{{n}} person',
    people_other: '{{n}} people',
    progress: 'Progress',
    next: 'Not begun yet',
  },
  logSchedule: {
    scheduled: 'Scheduled',
    draftAgain: 'Unscheduled: it is a draft again',
    over: 'Unscheduled: it has run before, and so it is over',
    started: 'Started: the run of {{when}}',
    waits: 'The run of {{when}} waits for the run before it',
    missed: 'Missed: nothing could start the run of {{when}} before its grace was over',
    skippedPaused: 'Skipped the run of {{when}}: the campaign was paused',
    skippedBusy: 'Skipped the run of {{when}}: the run before it was under way',
    skippedNext: 'Skipped the run of {{when}}: the next one came while it waited',
    skippedUsedUp: 'Skipped the run of {{when}}: as many runs as were wanted have been started',
    held: 'The run that is due cannot begin: {{why}}',
    runDone: 'Run {{n}} is done; the campaign waits for the next one',
    noneLeft: 'Completed: no run is left to come',
    resumed: 'Resumed: the schedule goes on',
  },
}
