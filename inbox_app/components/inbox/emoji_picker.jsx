// A small emoji picker, loaded when first opened (M7).
import { useEffect, useRef, useState } from "react";
import { useTexts } from "@/external/inbox_app/components/i18n/text/text.jsx";

const split = (line) => line.split(" ");
const GROUPS = [
  ["😀", split("😀 😃 😄 😁 😆 😅 😂 🤣 😊 😇 🙂 🙃 😉 😌 😍 🥰 😘 😗 😋 😛 😜 🤪 🤨 🧐 🤓 😎 🥳 😏 😒 😔 😕 🙁 😣 😫 🥺 😢 😭 😤 😠 🤯 😳 🥵 🥶 😱 😨 😰 😥 🤗 🤔 🤭 🤫 😐 😬 🙄 😯 😴 🤒 🤧 😷")],
  ["👍", split("👍 👎 👌 🤌 ✌️ 🤞 🤟 🤙 👈 👉 👆 👇 ☝️ ✋ 🖐️ 👋 💪 🙏 👏 🙌 🤝 ✍️ 👀 🙋 🤷 🤦 🙆 👶 🧒 👩 👨 👵 👴 👪 🧑‍🍳 🧑‍🔧 👮 🧹")],
  ["❤️", split("❤️ 🧡 💛 💚 💙 💜 🖤 🤍 💔 💕 💖 ✨ ⭐ 🌟 💫 🔥 🎉 🎊 🎁 🎈 🏆 💯 ✅ ❌ ⚠️ ❗ ❓ 💤")],
  ["🏖️", split("🏖️ 🏝️ 🏔️ ⛰️ 🌋 🏕️ 🏠 🏡 🏨 🏰 ⛪ 🏛️ 🌅 🌄 🌊 ⛱️ ☀️ 🌤️ ⛅ 🌧️ ⛈️ ❄️ 🌈 🌙 🌸 🌹 🌻 🌿 🍀 🌴 🌵 🐶 🐱 🐟 🦋")],
  ["✈️", split("✈️ 🛫 🛬 🚗 🚕 🚌 🚐 🚆 🚄 🚇 ⛴️ 🚤 ⛵ 🚲 🛵 🏍️ 🅿️ ⛽ 🗺️ 🧭 📍 🧳 🛂 🎒 🏊 🚶 🥾 🎿 ⛷️ 🏄")],
  ["🔑", split("🔑 🗝️ 🚪 🛏️ 🛋️ 🚿 🛁 🚽 🧻 🧼 🧺 🧴 🪣 💡 🔌 🔋 📶 📺 ❄️ 🌡️ 🔥 🔧 🔨 🪛 🧯 🗑️ 📦 📱 💻 📷 📞 ✉️ 📄 📅 ⏰ ⏳ 💶 💳 🧾 🔒 🔔")],
  ["☕", split("☕ 🍵 🥐 🍞 🥖 🧀 🍳 🥞 🍕 🍝 🥗 🍔 🍟 🐟 🦐 🍣 🍖 🍰 🍦 🍫 🍪 🍎 🍋 🍓 🍇 🍉 🫒 🍅 🍷 🍾 🥂 🍺 🍹 💧 🍽️")],
];
const RECENT = "recent-emoji";

function recent() {
  try {
    return JSON.parse(localStorage.getItem(RECENT)) ?? [];
  } catch {
    return [];
  }
}

function remember(emoji) {
  const newest = [emoji, ...recent().filter((each) => each !== emoji)].slice(0, 16);
  localStorage.setItem(RECENT, JSON.stringify(newest));
}

export default function EmojiPicker({ onPick, onClose }) {
  const box = useRef(null);
  const [group, setGroup] = useState(0);
  const [used] = useState(recent);
  const { t } = useTexts();

  useEffect(() => {
    const outside = (event) => box.current?.parentNode.contains(event.target) || onClose();
    const escape = (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      onClose();
    };
    document.addEventListener("pointerdown", outside);
    document.addEventListener("keydown", escape, true);
    return () => {
      document.removeEventListener("pointerdown", outside);
      document.removeEventListener("keydown", escape, true);
    };
  }, [onClose]);

  const pick = (emoji) => {
    remember(emoji);
    onPick(emoji);
  };
  const Button = ({ emoji }) => <button type="button" onClick={() => pick(emoji)}>{emoji}</button>;
  return (
    <div className="emoji-picker" role="dialog" aria-label={t("Emoji")} ref={box}>
      {used.length > 0 && <div className="emoji-recent">{used.slice(0, 8).map((emoji) => <Button key={emoji} emoji={emoji} />)}</div>}
      <div className="emoji-grid">{GROUPS[group][1].map((emoji, at) => <Button key={at} emoji={emoji} />)}</div>
      <div className="emoji-groups">
        {GROUPS.map(([face], at) => (
          <button type="button" key={face} aria-pressed={at === group} onClick={() => setGroup(at)}>{face}</button>
        ))}
      </div>
    </div>
  );
}
