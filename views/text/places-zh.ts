/** The words of where a sign-in came from, in Chinese. */
export const placesZh = {
  label: '大致地点',
  at: '大致地点 {place}',
  unknown: '不明',
  hint: '地点由网络地址推算，只到城市，可能不准。',
};
