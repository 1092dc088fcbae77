/** The words of what was decided about a thing, in Chinese. */
export const proposalHistoryZh = {
  title: '历次事项',
  lead: '同一对象提出过的事项、理由和审核结果，可以回看到任何一天为止。',
  subject: '对象编号',
  to: '截至日期',
  hints: { subject: '工作人员、站点、协议、证照类型等的编号。', to: '例如 2026-11-25；不填就是现在。' },
  search: '查看',
  none: '没有您能查看的事项。请核对编号。',
  standing: '截至当时的结果',
  nothing: '截至当时，还没有事项生效。',
  since: '{value}（{date} 起）',
  course: '办理经过，最近的在前',
  reason: '理由：{reason}',
  emergency: '紧急，先行处置',
  cut: '只显示最近 200 项。要看更早的，请填写更早的截至日期。',
  link: '这一对象的历次事项',
};
