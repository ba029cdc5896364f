"""The unit told in a covering text, a signature, a sender's name or a file's name, in many wordings; all counties of the province."""

from collections.abc import Iterator

from tests.labelled.label import Case
from tests.labelled.stranger import paper
from tests.labelled.stranger.base import bodies
from tests.labelled.stranger.expect import case, n
from tests.labelled.stranger.post import mail, word

TEXTS = r"""
新乡市|我是新乡市委党史学习教育领导小组办公室小刘，推荐材料见附件。
安阳市|您好，这是安阳市的推荐材料，请查收。
信阳市|信阳市委党史办报送，请查收。\n联系人：汪某 13937600000
平顶山市|附件为平顶山市推荐的实事项目材料。
~民政厅|材料请见附件。\n\n--\n河南省民政厅机关党委\n电话：0371-65900000\n地址：郑州市金水区
郑州大学|老师好！我校推荐材料见附件。\n郑州大学党委宣传部
~农业大学|河南农业大学报送“三个100”推荐材料\n（联系人：宣传部 李老师）
~总工会|省委党史学习教育领导小组办公室：\n现将省总工会推荐材料报上。
开封市|附件是我市材料，请审阅！\n顺祝工作顺利\n开封市委党史学习教育领导小组办公室\n2021年12月16日
~交通投资|河南交通投资集团有限公司党委\n联系电话 0371-60000000
洛阳市|报送单位：洛阳市委党史学习教育领导小组办公室\n报送人：赵某
焦作市|[焦作市]推荐材料
~财政厅|（省财政厅）推荐材料见附件，请查收。此前电话联系过。
~济源|济源示范区党工委党史学习教育办公室 报
漯河市|各位领导：\n    根据通知要求，漯河市认真组织推荐，现将材料报送。\n    漯河市
商丘市|来自商丘的推荐材料
"""

COUNTIES = """
郑州市=中原区 二七区 管城回族区 金水区 上街区 惠济区 中牟县 巩义市 荥阳市 新密市 新郑市 登封市
开封市=龙亭区 顺河回族区 鼓楼区 禹王台区 祥符区 杞县 通许县 尉氏县 兰考县
洛阳市=老城区 西工区 瀍河回族区 涧西区 洛龙区 偃师区 孟津区 新安县 栾川县 嵩县 汝阳县 宜阳县 洛宁县 伊川县
平顶山市=新华区 卫东区 石龙区 湛河区 宝丰县 叶县 鲁山县 郏县 舞钢市 汝州市
安阳市=文峰区 北关区 殷都区 龙安区 安阳县 汤阴县 滑县 内黄县 林州市
鹤壁市=鹤山区 山城区 淇滨区 浚县 淇县
新乡市=红旗区 卫滨区 凤泉区 牧野区 新乡县 获嘉县 原阳县 延津县 封丘县 卫辉市 辉县市 长垣市
焦作市=解放区 中站区 马村区 山阳区 修武县 博爱县 武陟县 温县 沁阳市 孟州市
濮阳市=华龙区 清丰县 南乐县 范县 台前县 濮阳县
许昌市=魏都区 建安区 鄢陵县 襄城县 禹州市 长葛市
漯河市=源汇区 郾城区 召陵区 舞阳县 临颍县
三门峡市=湖滨区 陕州区 渑池县 卢氏县 义马市 灵宝市
南阳市=宛城区 卧龙区 南召县 方城县 西峡县 镇平县 内乡县 淅川县 社旗县 唐河县 新野县 桐柏县 邓州市
商丘市=梁园区 睢阳区 民权县 睢县 宁陵县 柘城县 虞城县 夏邑县 永城市
信阳市=浉河区 平桥区 罗山县 光山县 新县 商城县 固始县 潢川县 淮滨县 息县
周口市=川汇区 淮阳区 扶沟县 西华县 商水县 沈丘县 郸城县 太康县 鹿邑县 项城市
驻马店市=驿城区 西平县 上蔡县 平舆县 正阳县 确山县 泌阳县 汝南县 遂平县 新蔡县
"""


def cases() -> Iterator[Case]:
    blank: dict[str, str | None] = {"推荐单位": "", "推荐单位意见": "同意推荐。（盖章）2021年12月17日"}
    form, material = bodies("project", "x", "“暖心电梯”加装工程", "letters", blank)
    good = (n("project", "“暖心电梯”加装工程"),)
    files = {"1.docx": form, "2.docx": material}
    for i, row in enumerate(TEXTS.strip().splitlines()):
        unit, _, text = row.partition("|")
        yield case(f"told-text-{i:02d}", mail("推荐材料", text.replace("\\n", "\n"), files), "received", unit, good)
    for i, (name, unit) in enumerate(
        (
            ("新乡市委党史办", "新乡市"),
            ("河南理工大学宣传部", "河南理工大学"),
            ("省妇联", "~妇女联合会"),
            ("中原工学院", "中原工学院"),
            ("三门峡市委党史学习教育办", "三门峡市"),
        )
    ):
        yield case(
            f"told-sender-{i}", mail("推荐材料", "见附件", files, sender=f"{word(name)} <a{i}@163.com>"), "received", unit, good
        )
    for i, (stem, unit) in enumerate(
        (
            ("濮阳市", "濮阳市"),
            ("省司法厅-实事项目-", "~司法厅"),
            ("【许昌】", "许昌市"),
            ("南阳师范学院", "南阳师范学院"),
            ("关于推荐团省委", "~共青团"),
        )
    ):
        named = {f"{stem}推荐表.docx": form, f"{stem}典型材料.docx": material}
        yield case(f"told-file-{i}", mail("推荐材料", "见附件", named), "received", unit, good)
    count = 0
    for row in COUNTIES.strip().splitlines():
        city, _, counties = row.partition("=")
        for county in counties.split():
            count += 1
            if count % 2:
                written = county if count % 4 == 1 else f"中共{county}委党史学习教育领导小组办公室"
            else:
                written = f"{city}{county}" if count % 4 == 2 else f"{city}{county}委"
            own = {**blank, "推荐单位": written}
            data = {**paper.values("member", "x", "桑榆晚", "c"), **own}
            sent = mail(files={"推荐表.docx": paper.form("member", data)})
            yield case(f"county-{city}-{county}", sent, "returned", county, (), frozenset({"unit-not-entitled"}))
