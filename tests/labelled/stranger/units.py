"""Which unit writes: names of every kind, where they stand, who may not file."""

from collections.abc import Iterator

from tests.labelled.label import Case
from tests.labelled.stranger import paper, texts
from tests.labelled.stranger.base import bodies, one, one_mail
from tests.labelled.stranger.expect import case, n
from tests.labelled.stranger.post import mail

# written in the form -> the roster's plain name; names that a clerk would call the same.
SAME = """
新乡市=新乡市
中共新乡市委=新乡市
新乡市委党史学习教育领导小组办公室=新乡市
中共河南省新乡市委党史学习教育领导小组=新乡市
新乡市人民政府=新乡市
郑州市委党史学习教育领导小组办公室=郑州市
河南省郑州市=郑州市
南阳市委=南阳市
中共周口市委党史学习教育领导小组办公室=周口市
商丘=商丘市
洛阳市党史学习教育领导小组办公室=洛阳市
驻马店市委党史办=驻马店市
信阳市委宣传部=信阳市
安阳市=安阳市
平顶山市委党史学习教育办公室=平顶山市
开封市=开封市
许昌市委组织部=许昌市
濮阳市=濮阳市
焦作市委=焦作市
漯河市=漯河市
三门峡市委党史学习教育领导小组办公室=三门峡市
鹤壁市=鹤壁市
济源示范区=济源
济源产城融合示范区=济源
济源市=济源
河南省教育厅=教育厅
省教育厅=教育厅
教育厅=教育厅
河南省教育厅机关党委=教育厅
中共河南省教育厅党组=教育厅
省教育厅党史学习教育领导小组办公室=教育厅
河南省财政厅=财政厅
省财政厅机关党委=财政厅
河南省公安厅=公安厅
省民政厅=民政厅
河南省司法厅=司法厅
省人社厅=人力资源和社会保障厅
河南省人力资源和社会保障厅=人力资源和社会保障厅
省自然资源厅=自然资源厅
省生态环境厅=生态环境厅
省住建厅=住房和城乡建设厅
河南省住房和城乡建设厅=住房和城乡建设厅
省交通厅=交通运输厅
河南省交通运输厅=交通运输厅
省水利厅=水利厅
省农业农村厅=农业农村厅
省文旅厅=文化和旅游厅
省商务厅=商务厅
省卫健委=卫生健康委
河南省卫生健康委员会=卫生健康委
省退役军人厅=退役军人事务厅
省应急厅=应急管理厅
省审计厅=审计厅
省发改委=发展和改革委员会
河南省发展和改革委员会=发展和改革委员会
省工信厅=工业和信息化厅
省科技厅=科学技术厅
省市场监管局=市场监督管理局
省税务局=税务局
国家税务总局河南省税务局=税务局
省统计局=统计局
省林业局=林业局
省体育局=体育局
省医保局=医疗保障局
省信访局=信访局
省乡村振兴局=乡村振兴局
省机关事务管理局=机关事务管理局
省国资委=国有资产监督管理委员会
省高级人民法院=高级人民法院
河南省人民检察院=人民检察院
省委组织部=组织部
省委宣传部=宣传部
省委统战部=统一战线
省委政法委=政法委
省直机关工委=直机关工作委员会
省委党校=党校
省总工会=总工会
河南省总工会=总工会
团省委=共青团
共青团河南省委=共青团
省妇联=妇女联合会
河南省妇女联合会=妇女联合会
省科协=科学技术协会
省文联=文学艺术界联合会
省残联=残疾人联合会
省红十字会=红十字会
省工商联=工商业联合会
省侨联=归国华侨联合会
河南能源集团有限公司=河南能源
河南能源化工集团=河南能源
中国平煤神马集团=平煤神马
河南投资集团=投资集团
中原出版传媒集团=出版传媒
河南交通投资集团有限公司=交通投资集团
河南省农村信用社联合社=农村信用社
中原银行=中原银行
河南机场集团=机场
安阳钢铁集团=安阳钢铁
郑州大学=郑州大学
郑大=郑州大学
中共郑州大学委员会=郑州大学
河南大学=河南大学
河南师范大学=河南师范大学
河南农业大学=河南农业大学
河南农大=河南农业大学
河南科技大学=河南科技大学
河南理工大学=河南理工大学
河南工业大学=河南工业大学
河南中医药大学=河南中医药大学
河南财经政法大学=河南财经政法大学
华北水利水电大学=华北水利水电大学
郑州轻工业大学=郑州轻工业大学
中原工学院=中原工学院
信阳师范学院=信阳师范学院
新乡医学院=新乡医学院
黄河科技学院=黄河科技学院
黄淮学院=黄淮学院
洛阳师范学院=洛阳师范学院
南阳师范学院=南阳师范学院
周口师范学院=周口师范学院
商丘师范学院=商丘师范学院
河南牧业经济学院=河南牧业经济学院
郑州航空工业管理学院=郑州航空工业管理学院
河南工程学院=河南工程学院
许昌学院=许昌学院
河南科技学院=河南科技学院
郑州铁路职业技术学院=郑州铁路职业技术学院
河南警察学院=河南警察学院
""".split()

# a county or a subordinate body by itself: written -> the unit it goes through (not judged by name here).
NOT = """
新乡市红旗区=新乡市
红旗区=新乡市
长垣市=新乡市
新郑市委党史学习教育领导小组办公室=郑州市
中牟县=郑州市
郑州市金水区委=郑州市
郑州市二七区人民政府=郑州市
登封市=郑州市
兰考县=开封市
开封市祥符区=开封市
滑县=安阳市
林州市=安阳市
固始县=信阳市
邓州市=南阳市
永城市=商丘市
项城市=周口市
周口市淮阳区=周口市
许昌市建安区=许昌市
洛阳市偃师区=洛阳市
洛阳市孟津区=洛阳市
汝州市=平顶山市
鹿邑县=周口市
新蔡县=驻马店市
郏县=平顶山市
温县=焦作市
内黄县=安阳市
台前县=濮阳市
淇县=鹤壁市
临颍县=漯河市
卢氏县=三门峡市
义马市=三门峡市
郑州市教育局=郑州市
新乡市公安局=新乡市
洛阳市第一人民医院=洛阳市
郑州市第七中学=郑州市
新乡市红旗区民政局=新乡市
郑州大学第一附属医院=郑州大学
河南大学第一附属医院=河南大学
河南大学淮河医院=河南大学
新乡医学院第一附属医院=新乡医学院
郑州大学马克思主义学院=郑州大学
""".split()


def _same() -> Iterator[Case]:
    cats = ("project", "team", "member")
    layouts = ("four", "four_spaced", "lines", "two", "four_down", "inside")
    for i, row in enumerate(SAME):
        written, name = row.split("=")
        yield one(f"unit-same-{i:03d}", cat=cats[i % 3], unit=written, shown="~" + name, layout=layouts[i % 6])


def _not() -> Iterator[Case]:
    for i, row in enumerate(NOT):
        written, _ = row.split("=")
        yield one(
            f"unit-not-{i:03d}", cat=("project", "member", "team")[i % 3], unit=written, shown="*", outcome="returned", mail_finds=frozenset({"unit-not-entitled"}),
            over={"推荐单位意见": f"同意推荐。{written}（盖章）2021年12月17日"},
        )  # fmt: skip


def _where() -> Iterator[Case]:
    """The unit is told in one place only."""
    blank: dict[str, str | None] = {"推荐单位": "", "推荐单位意见": "同意推荐。（盖章）2021年12月17日"}
    seal: dict[str, str | None] = {
        "推荐单位": "",
        "推荐单位意见": "经公示无异议，同意推荐。\n中共鹤壁市委党史学习教育领导小组办公室（盖章）\n2021年12月17日",
    }
    yield one("where-seal", unit="x", shown="鹤壁市", over=seal)
    yield one("where-subject", unit="x", shown="漯河市", over=blank, mailing={"subject": "漯河市“三个100”推荐材料"})
    yield one(
        "where-signature",
        unit="x",
        shown="焦作市",
        over=blank,
        mailing={"text": "您好！材料见附件。\n\n中共焦作市委党史学习教育领导小组办公室\n2021年12月17日"},
    )
    yield one(
        "where-letter",
        unit="x",
        shown="~水利厅",
        over=blank,
        mailing={"text": "省委党史学习教育领导小组办公室：\n    现将河南省水利厅“三个100”推荐材料报上，请审阅。"},
    )
    yield one(
        "where-file",
        unit="x",
        shown="濮阳市",
        over=blank,
        names=("濮阳市+实事项目+推荐表.docx", "濮阳市+实事项目+典型材料.docx"),
    )
    yield one(
        "where-sender",
        unit="x",
        shown="许昌市",
        over=blank,
        mailing={"sender": "=?utf-8?B?6K645piM5biC5aeU5YWa5Y+y5Yqe?= <xcdsb@163.com>"},
    )
    form, material = bodies("team", "x", "星火服务队", "where-zip", blank)
    yield case(
        "where-folder", mail(files={"材料.zip": paper.zipped({"三门峡市/团队/推荐表.docx": form, "三门峡市/团队/典型材料.docx": material})}),
        "received", "三门峡市", (n("team", "星火服务队"),),
    )  # fmt: skip
    yield one(
        "where-none",
        unit="x",
        over=blank,
        shown="*",
        outcome="returned",
        mail_finds=frozenset({"unit-unknown"}),
        mailing={"subject": "推荐材料"},
    )
    yield one(
        "where-province-foreign", unit="河北省石家庄市", shown="*", outcome="returned", mail_finds=frozenset({"unit-unknown"})
    )
    yield one(
        "where-company", unit="河南恒远文化传媒有限公司", shown="*", outcome="returned", mail_finds=frozenset({"unit-unknown"})
    )
    yield case(
        "joint-two-offices", one_mail("joint", unit="省教育厅、省财政厅"), "returned", None, (), frozenset({"unit-ambiguous"})
    )
    yield case(
        "joint-recommend",
        one_mail("jr", unit="河南省民政厅 河南省残疾人联合会（联合推荐）"),
        "returned",
        None,
        (),
        frozenset({"unit-ambiguous"}),
    )
    two = one_mail("form-and-seal", over={"推荐单位意见": "同意推荐。安阳市委党史学习教育领导小组办公室（盖章）2021年12月17日"})
    yield case("form-against-seal", two, "returned", None, (), frozenset({"unit-ambiguous"}))
    # A city's own nomination of what belongs to a county or to another.
    yield one("city-of-county-project", over={"实施单位": "红旗区民政局"}, nominee="红旗区“党员联户+”服务项目")
    yield one("city-of-county-team", cat="team", nominee="辉县市行政服务中心便民服务队")
    yield one("city-member-of-county", cat="member", over={"工作单位及职务": "获嘉县教育局局长"})
    yield one(
        "city-member-of-province-office", cat="member", unit="郑州市", over={"工作单位及职务": "河南省人民医院驻村第一书记"}
    )
    yield one("county-opinion-beside-city", cat="member", over={"所在单位意见": "同意推荐。中共卫辉市委（盖章）2021年12月14日"})
    yield one(
        "office-project-in-city",
        unit="河南省交通运输厅",
        shown="~交通运输厅",
        nominee="新乡市黄河大桥免费通行服务",
        over={"公示情况": ""},
    )
    yield one("university-in-city", cat="team", unit="洛阳师范学院", shown="洛阳师范学院", nominee="洛阳市涧西区支教团队")
    yield one(
        "city-hospital-project",
        unit="郑州市",
        nominee="郑州大学第一附属医院远程会诊下乡",
        over={"实施单位": "郑州大学第一附属医院"},
    )
    yield one("subject-other-city-in-body", unit="南阳市", mailing={"text": "参照新乡市做法，现报我市推荐材料。"})
    yield one("sender-personal", unit="商丘市", mailing={"sender": "=?gbk?B?1cXI/Q==?= <zhang3@qq.com>"})
    yield one("signature-of-county-clerk-in-city-form", unit="信阳市", mailing={"text": "材料见附件。\n联系人：固始县 李某"})


def cases() -> Iterator[Case]:
    yield from _same()
    yield from _not()
    yield from _where()
    blank: dict[str, str | None] = {"推荐单位": "", "推荐单位意见": "同意推荐。（盖章）2021年12月17日"}
    form, _ = bodies("project", "", "夜间药房便民项目", "x1", blank)
    raw = mail(
        subject="平顶山市推荐材料",
        text="见附件",
        files={"1.docx": form, "2.docx": paper.prose(texts.material("夜间药房便民项目典型材料", "x1"))},
    )
    yield case("unit-subject-numbered-files", raw, "received", "平顶山市", (n("project", "夜间药房便民项目"),))
