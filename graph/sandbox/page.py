"""temp"""

from aiohttp import web

from graph.sandbox.tenant import Tenant


def routes(tenant: Tenant) -> list[web.RouteDef]:
    return []
