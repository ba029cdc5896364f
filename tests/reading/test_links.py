import pytest

from bot.reading.links import cloud_links

PHRASES = ("wx.mail.qq.com/ftn", "mail.163.com/large-attachment", "pan.baidu.com")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("进入下载页面：https://wx.mail.qq.com/ftn/download?func=3&k=1。", ("https://wx.mail.qq.com/ftn/download?func=3&k=1",)),
        ("链接：https://pan.baidu.com/s/1abc_d 提取码：8x2k", ("https://pan.baidu.com/s/1abc_d",)),
        ("链接:pan.baidu.com/s/1abc提取码", ("pan.baidu.com/s/1abc提取码",)),
        (
            "http://mail.163.com/large-attachment-download/index.html?p=X",
            ("http://mail.163.com/large-attachment-download/index.html?p=X",),
        ),
        (
            "https://u.example.com/redirect?url=https%3A%2F%2Fpan.baidu.com%2Fs%2F1",
            ("https://u.example.com/redirect?url=https%3A%2F%2Fpan.baidu.com%2Fs%2F1",),
        ),
        ("https://www.example.cn/pan 与 mail.qq.com", ()),
        ("https://japan.baidu.com/s/1", ()),
        ("百度网盘里没有链接", ()),
    ],
)
def test_links_to_files_outside_the_mail_are_found(text: str, expected: tuple[str, ...]) -> None:
    assert cloud_links([text], PHRASES) == expected


def test_a_link_that_comes_twice_is_told_once() -> None:
    assert cloud_links(["https://pan.baidu.com/s/1"] * 2, PHRASES) == ("https://pan.baidu.com/s/1",)
