"""The WSGI application granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

application = get_wsgi_application()

from chengxin.catalogue.facade import follow_published  # noqa: E402 - only now is Django ready

follow_published()
# Behind a reverse proxy the reader's address and https are told by headers, believed only from the proxies named.
application = wrap_wsgi_with_proxy_headers(
    application, trusted_hosts=os.environ.get("CHENGXIN_PROXIES", "127.0.0.1,::1")
)
