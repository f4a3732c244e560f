"""Cards of documents: what is being filed, what was filed and where."""

from collections.abc import Sequence

from bot.cards.layout import button, line, title, with_typed
from bot.saying import said
from bot.turn import Reply, Turn
from coalition.documents import Document, DocumentState
from language.texts import Texts


def filing_reply(turn: Turn, documents: Sequence[Document]) -> Reply:
    """What is on its way to the library; the link follows once it is there."""
    names = ", ".join(document.name for document in documents)
    return Reply(turn.t("documents-filing", names=names, folder=documents[0].folder))


def filed_reply(t: Texts, document: Document) -> Reply:
    """The message that a document is in the library, or why it is not."""
    if document.state is DocumentState.FAILED:
        reason = t(f"document-failed-{document.reason}")
        return Reply(t("documents-failed", name=document.name, reason=reason))
    return Reply(
        t("documents-filed", name=document.name, folder=document.folder, link=document.web_url)
    )


def documents_card(turn: Turn, documents: Sequence[Document]) -> Reply:
    """The latest documents with links."""
    t = turn.t
    action = button(t("button-file"), t.words("command-file")[0], beside=True)
    if not documents:
        text = t("documents-none")
        return with_typed(t, text, line(text), actions=[action])
    lines = [_line(turn, document) for document in documents]
    text = f"{t('documents-latest')}\n\n" + "\n".join(f"- {entry}" for entry in lines)
    if turn.workplace.sandbox_page:
        lines.append(t("documents-sandbox-page", link=turn.workplace.sandbox_page))
    body = [title(t("documents-latest")), *(line(entry) for entry in lines)]
    return with_typed(t, text, *body, actions=[action])


def _line(turn: Turn, document: Document) -> str:
    name = f"[{document.name}]({document.web_url})" if document.web_url else document.name
    state = said(turn.t, document.state, turn.zone)
    return f"**{document.folder}** / {name} · {state} · {document.filed_by_label}"
