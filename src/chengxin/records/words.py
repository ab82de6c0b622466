"""Changes, duties and answers in words, the same for everyone who reads them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from chengxin.records.contracts import Change, Done, Duty


def words_of_change(change: Change) -> str:
    """Say what became of a record."""
    return {
        Change.CORRECTED: _("内容已经更正"),
        Change.OBJECTION: _("正在异议处理中"),
        Change.FROZEN: _("已经冻结，暂停使用"),
        Change.REPAIRED: _("信用修复已经完成"),
        Change.WITHDRAWN: _("已经撤回"),
        Change.LIFTED: _("标注已经解除"),
        Change.PUBLICITY_ENDED: _("公示期限已满"),
        Change.USE_ENDED: _("使用期限已满"),
        Change.RETENTION_ENDED: _("保存期限已满"),
        Change.ERASED: _("本人的信息已经依法删除"),
    }[change]


def words_of_duty(duty: Duty) -> str:
    """Say what whoever received the record is asked to do."""
    return {
        Duty.REPLACE: _("请换成最新内容"),
        Duty.MARK: _("请加上异议标注，不要据此采取新的措施"),
        Duty.STOP: _("请停止展示和使用"),
        Duty.DELETE: _("请删除"),
    }[duty]


def words_of_done(done: Done) -> str:
    """Say what a recipient answered that it did."""
    return {
        Done.REPLACED: _("已经换成最新内容"),
        Done.MARKED: _("已经加上标注"),
        Done.STOPPED: _("已经停止展示和使用"),
        Done.DELETED: _("已经删除"),
        Done.NOT_HELD: _("没有留存这条记录"),
    }[done]
