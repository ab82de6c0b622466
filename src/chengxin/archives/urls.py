"""Addresses of archives, reports and verification."""

from django.urls import path

from chengxin.archives import group_pages, hall_pages, http, occupation_pages, pages

urlpatterns = [
    path("me", pages.archive, name="archive"),
    path("me/records/<uuid:record_id>", pages.line, name="archive_line"),
    path("me/reports", pages.reports, name="archive_reports"),
    path("me/certificates", pages.certificates, name="archive_certificates"),
    path("me/occupation", occupation_pages.occupation, name="archive_occupation"),
    path("me/reports/<str:code>/take-back", pages.take_back, name="archive_take_back"),
    path("me/reports/<str:code>.<str:kind>", pages.report_file, name="archive_report"),
    path("dept/groups", group_pages.groups, name="dept_groups"),
    path("dept/groups/<str:code>", group_pages.group, name="dept_group"),
    path("hall", hall_pages.hall, name="hall"),
    path("hall/filing", hall_pages.filing, name="hall_filing"),
    path("hall/filing/receipt", hall_pages.receipt, name="hall_receipt"),
    path("hall/representative", hall_pages.representative, name="hall_representative"),
    path("hall/<uuid:visit_id>", hall_pages.visit, name="hall_visit"),
    path("hall/<uuid:visit_id>/report", hall_pages.download, name="hall_report"),
    path("subjects/<str:uscc>", pages.subject, name="subject"),
    path("verify", pages.verify, name="verify"),
    path("verify/certificate.pem", pages.certificate, name="verify_certificate"),
    path("verify/<str:code>", pages.verify, name="verify_code"),
    path("api/v1/me/archive", http.own_archive, name="api_archive"),
    path("api/v1/public/subjects/<str:uscc>", http.public_subject, name="api_subject"),
]
