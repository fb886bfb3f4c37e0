/** The form that asks for the inputs of an execution. */
export const executeText = {
  execute: (id: string) => `Execute ${id}`,
  schedule: 'Schedule',
  becomes: (value: string) => `Left empty, it becomes ${value}.`,
  becomesTheFirstChoice: 'Left empty, it becomes the first choice.',
  nothingToFillIn: 'Nothing to fill in.',
  item: (index: number) => `Item ${index}`,
  removeItem: (index: number) => `Remove item ${index}`,
  addItem: 'Add item',
  startLater: 'Start later',
  startLaterHelp: 'By your clock. Left empty, it starts now.',
  choose: 'Choose…',
  isRequired: 'This is required.',
  noJson: 'This is no valid JSON.',
  itemIsNo: (index: number, itemType: string) => `Item ${index} is no ${itemType}.`,
}
