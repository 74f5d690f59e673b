"""What stands on the phones survives a restart."""

from pathlib import Path

from inbox_app.sandbox.simulator.phones import Chat, PhoneMessage, Phones


def a_message(text: str) -> PhoneMessage:
    return PhoneMessage(id=text, mine=True, kind="text", text=text, at=1, status="sent")


def test_chats_are_there_again_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "phones.json"
    phones = Phones(file)
    chat = phones.chat("1", "39347")
    chat.messages.append(a_message("è 😍"))
    chat.last_written_at = 1
    phones.changed(chat)
    phones.save()

    again = Phones(file).chat("1", "39347")

    assert again == chat


def test_a_broken_file_is_an_empty_phone(tmp_path: Path) -> None:
    file = tmp_path / "phones.json"
    file.write_text('[{"phone_number_id": "1", "person": "2", "messages": [{"odd": 1}]}]')

    assert Phones(file).people() == []


def test_who_listens_hears_of_each_change_until_they_stop() -> None:
    phones, heard = Phones(), list[Chat]()
    stop = phones.listen(heard.append)
    chat = phones.chat("1", "39347")
    phones.changed(chat)
    stop()
    phones.changed(chat)

    assert heard == [chat]
