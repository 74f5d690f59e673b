// What of Radix an open menu is made of, in a file of its own so that only a menu that is opened loads it.
export { CheckboxItem, Content, Group, Item, Portal, RadioGroup, RadioItem, Root, Trigger } from "@radix-ui/react-dropdown-menu";
