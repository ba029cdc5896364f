"""A campaign that says nothing but what reading a mail asks of one."""

from datetime import date

from bot.campaign import Office, Phrases, Reminders, Rules

RULES = Rules(
    id="sample",
    name="sample",
    language="zh",
    zone="Asia/Shanghai",
    opens=date(2021, 12, 1),
    last_day=date(2021, 12, 20),
    announced=date(2021, 12, 30),
    office=Office(name="办公室", group="组", telephone="0371-00000000", mailbox="office@example.cn", paper="邮寄"),
    reminders=Reminders(days_before=(1,), hour=9, digest_hour=8, digest_minute=30, last_days=3),
    kinds={},
    categories=(),
    units=(),
    checks=(),
    phrases=Phrases(
        cloud_links=("wx.mail.qq.com/ftn", "mail.163.com/large-attachment", "pan.baidu.com"),
        bounce=("退信", "undelivered"),
    ),
    version="0",
)
