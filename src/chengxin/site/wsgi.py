"""The WSGI application granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

# Behind a reverse proxy the reader's address and https are told by headers, believed only from the proxies named.
application = wrap_wsgi_with_proxy_headers(
    get_wsgi_application(), trusted_hosts=os.environ.get("CHENGXIN_PROXIES", "127.0.0.1,::1")
)
