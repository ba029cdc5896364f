"""Mails without a nomination in the words of many people: asked, wished, offered, announced, sent by machines."""

from collections.abc import Iterator

from tests.labelled.label import Case
from tests.labelled.stranger.expect import case
from tests.labelled.stranger.post import mail

HELD = """
请教一个问题|我们单位去年刚合并，推荐单位写新名称还是旧名称？
关于公示|请问公示期间收到异议怎么处理？
在吗|你好，在吗？想咨询一下。
咨询|省管企业下属二级公司能单独推荐吗？
问个问题|典型材料用什么字体？有格式要求吗？
请示|我单位党员服务标兵候选人今年12月底满60周岁，是否可以推荐？
邮寄地址|请问纸质材料寄到哪里？邮编是多少？
几份|盖章的纸质件一式几份？
截止时间确认|20号当天还可以发吗，几点截止？
感谢|材料已收到回执，感谢领导支持！
新年祝福|值此新春佳节来临之际，祝各位领导身体健康，阖家幸福！
问候|王处长您好，好久不见，近来可好？
会议通知|定于12月16日下午3时召开党史学习教育推进会，请派员参加。
约访|我是省报记者，想就“三个100”推选活动采访贵办，请问如何联系？
投诉|我要反映某县推荐的典型弄虚作假，请核查。
举报|实名举报某市推荐对象存在违纪问题，请组织调查。
建议|建议把公示时间延长到七天，更有公信力。
联系人变更|我单位联系人变更为张某，电话13937300000，请更新通讯录。
加群|请问有没有工作群？可以拉我进群吗？
系统登录|贵单位的平台怎么登录不上去？
开会请假|因出差，明天的会议请假。
报名|我想报名当志愿者，请问怎么参加？
收到|收到，谢谢。
好的|好的，我们抓紧准备。
求助|老师您好，我不会填这个表，能打电话教我一下吗？
名额咨询|我校附属医院能不能占学校之外的名额？
能否更换|报上去的标兵能否换人？要走什么程序？
能撤回吗|请问已经报送的材料还能撤回吗？怎么操作？
请问结果|请问评选结果什么时候公布？
"""

COMMANDS = """
查一下|麻烦查一下我们单位报的材料收到了没有|status
材料收到了吗|您好，请问我们报的材料收到了吗？|status
核实收件|请核实是否收到我单位12月16日发的邮件|status
受理情况查询|请查询受理情况|status
查询进度|想查询一下我市推荐材料的办理进度|status
是否受理|我单位昨天发的材料是否已受理？|status
查询编号0031|查询|status
请发推荐表|请把三类推荐表的电子版发给我们|forms
索要空白表|我单位没有收到附件中的推荐表，请发空白表|forms
要表格|麻烦发一下表格|forms
推荐表模板|能发一份推荐表模板吗？|forms
表格下载|请问推荐表从哪里下载？|forms
没有附表|通知里没有附推荐表，请提供|forms
空表|请发空表|forms
撤回申请|我单位决定撤回编号0017的推荐|withdraw
撤销推荐|请撤销0023号材料|withdraw
撤回推荐0042|请予撤回|withdraw
关于撤回推荐材料的函|经研究，决定撤回我单位推荐的先进服务单位“晨光便民服务队”。|withdraw
取消推荐|因工作调动，取消对桑榆晚同志的推荐（编号0009）|withdraw
"""

IGNORED = """
工程造价软件优惠|正版软件限时优惠，联系QQ12345，退订回T
【招生】在职研究生|2022年在职研究生招生简章，报名费减免，欢迎来电咨询
公司注册代办|代办公司注册、记账报税、资质代办，微信同号
邮箱升级通知|尊敬的用户：您的邮箱容量已满，邮箱即将停用，请点击验证升级 http://mail-update.example/login
论文代发|核心期刊论文发表，职称评审代办，包通过
会务邀请|诚邀参会，会务费2800元，扫码添加客服
礼品定制|年终礼品厂家直销，产品目录见官网，欢迎洽谈
贷款|无抵押贷款，当天放款，利息低，退订回复N
中奖通知|恭喜您中奖，请点击领取
Newsletter|Weekly deals. Unsubscribe here.
自动回复|您好，您的邮件我已收到，我会尽快处理。（自动回复）
假期自动回复|我正在休假，1月4日返岗，急事请电话联系。
Automatic reply: 受理回执|I am currently out of the office with limited access to email.
自动答复|您好！我已收到您的邮件，将尽快给您回复。此邮件为系统自动发送。
外出自动回复|本人出差中，如有急事请联系同事。此为自动回复，请勿回复。
"""

RETURNED = """
材料报送|各位领导：现将我单位推荐材料报送贵办，请审阅。|no-attachment
推荐材料（补发）|刚才忘了添加附件，现在补发，请查收附件|no-attachment
鹤壁市推荐材料|请查收|no-attachment
三个100推荐|推荐表和典型材料见附件，请接收。|no-attachment
省水利厅报送材料|附件为我厅推荐材料|no-attachment
报送党员服务标兵推荐表|领导好！|no-attachment
材料|现把推荐表等材料发给你们，请查收|no-attachment
电子版|现发送推荐表电子版，请查收附件|no-attachment
材料太大|材料太大，已传百度网盘：链接: https://pan.baidu.com/s/1xyz 提取码: k8s2|cloud-attachment
新乡市报送材料|通过网易邮箱超大附件发送：https://mail.163.com/large-attachment-download/index.html?p=X-NETEASE&file=abc|cloud-attachment
推荐材料|微云分享：https://share.weiyun.com/7Yxabc|cloud-attachment
推荐材料|天翼云盘 https://cloud.189.cn/web/share?code=Abc|cloud-attachment
推荐材料|阿里云盘 https://www.alipan.com/s/abc|cloud-attachment
推荐材料|文叔叔 https://www.wenshushu.cn/f/abc123|cloud-attachment
推荐材料|https://drive.weixin.qq.com/s?k=ABC|cloud-attachment
推荐材料|https://115.com/s/swabc?password=x1|cloud-attachment
推荐材料|蓝奏云 https://wwa.lanzoui.com/iabc|cloud-attachment
推荐材料|https://123pan.com/s/abc|cloud-attachment
推荐材料|https://exmail.qq.com/cgi-bin/ftnExs_download?k=abc&t=exs_ftn_download|cloud-attachment
推荐材料|https://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=abc|cloud-attachment
推荐材料|https://pan.xunlei.com/s/VNabc|cloud-attachment
推荐材料|https://ecloud.10086.cn/share/abc 中国移动云盘|cloud-attachment
推荐材料|https://yun.139.com/shareweb/#/w/i/abc|cloud-attachment
推荐材料|https://fs.163.com/fs/display/?p=X-NETEASE-HUGE|cloud-attachment
推荐材料|https://transfer.sh/abc/推荐.zip|cloud-attachment
推荐材料|钉盘 https://space.dingtalk.com/s/abc|cloud-attachment
推荐材料|https://www.feishu.cn/file/boxabc|cloud-attachment
推荐材料|https://note.youdao.com/s/abc|cloud-attachment
推荐材料|https://mail.aliyun.com/alimail/netdisk/abc|cloud-attachment
推荐材料|https://wx.mail.qq.com/s?k=abc|cloud-attachment
推荐材料|https://www.dropbox.com/s/abc/x.zip|cloud-attachment
"""


def _rows(table: str) -> Iterator[list[str]]:
    return (row.split("|") for row in table.strip().splitlines())


def cases() -> Iterator[Case]:
    for i, (subject, text) in enumerate(_rows(HELD)):
        yield case(f"free-held-{i:02d}", mail(subject, text), "held", "*", (), frozenset(), None)
    for i, (subject, text, command) in enumerate(_rows(COMMANDS)):
        yield case(f"free-command-{i:02d}", mail(subject, text), "command", "*", (), frozenset(), command)
    for i, (subject, text) in enumerate(_rows(IGNORED)):
        yield case(f"free-ignored-{i:02d}", mail(subject, text), "ignored", "*", (), frozenset(), None)
    for i, (subject, text, check) in enumerate(_rows(RETURNED)):
        yield case(f"free-returned-{i:02d}", mail(subject, text), "returned", "*", (), frozenset({check}), None)
