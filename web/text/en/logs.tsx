/** Of the page of all logs (`logs`), and the choice of a level. */
export const logsText = {
  searchMessages: 'Search messages',
  clear: 'Clear',
  logLines: 'Log lines',
  noLineMatches: 'No line matches',
  nothingWasLogged: 'Nothing was logged in the last 24 hours',
  loosenTheSearch: 'Choose a longer range, lower the level or clear the search.',
  whatLogsAre: 'What tasks write appears here, of all flows.',
  searchedBackTo: (date: string) => `Searched back to ${date}`,
  searching: 'Searching',
  loadMore: 'Load more',
  sourceOfLine: (flow: string, task: string | undefined, execution: string) =>
    task ? `${flow}, task ${task}, execution ${execution}` : `${flow}, execution ${execution}`,
  level: 'Level',
  allLevels: 'All levels',
  errorOnly: 'ERROR only',
  andAbove: (level: string) => `${level} and above`,
}
