/** The words of the simulator, in Chinese. */
export const simulatorZh = {
  title: '模拟器：以谁的身份登录？',
  lead: '这里是供网站测试用的模拟器，不是真正的一号。名单上的人都是虚构的，选一个就登录，不用密码。',
  strangeHint: '网站发来的 login_hint 看不懂，请在下面选。写法见 docs/simulator.md。',
  level: '登录级别',
  asAsked: '按网站的要求',
  levelOf: '级别 {level}',
  people: '名单',
  nobody: '名单上没有人。请用 --people 给出名单，再启动模拟器。',
};
