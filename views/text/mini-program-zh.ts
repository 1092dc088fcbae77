/** The words of signing in through a mini-program, and of letting one in, in Chinese. */
export const miniProgramZh = {
  signIn: {
    title: '用微信小程序登录',
    lead: '您在“我的一号”关联过这个微信，可以直接登录。',
    person: '将登录的账号',
    unnamed: '还没有实名的账号',
    button: '是我，登录',
    level: '这样登录的等级为一级，只在这个小程序里有效。办理更高等级的事项时，会请您再确认是您本人。',
    other: '不是我，或换一种方式登录',
  },
  list: {
    title: '微信小程序',
    lead: '关联后，用这个微信打开小程序可以直接登录（一级，只在小程序里有效）。',
    none: '还没有关联微信。',
    item: '已关联的微信',
    bound: '关联时间',
    used: '上次登录',
    never: '还没有用过',
    remove: '解除关联',
    make: '关联微信',
    back: '返回登录方式',
    closed: '本地区没有小程序。',
  },
  code: {
    title: '在小程序里输入关联码',
    lead: '打开您自己手机上的小程序，选“关联一号账号”，输入下面 8 位数字。',
    holds: '{minutes} 分钟内有效，只能用一次。',
    warning: '不要把关联码告诉任何人，也不要在别人发来的页面里输入：谁用了它，谁的微信就能登录您的账号。',
    done: '输入好了，查看已关联的微信',
  },
  remove: {
    title: '解除这个微信的关联？',
    text: '解除后，用这个微信打开小程序要重新登录。已经登录的，可在“登录和设备”里退出。',
    confirm: '解除关联',
    cancel: '保留',
  },
};
