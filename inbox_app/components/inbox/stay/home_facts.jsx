// What guests ask of the home; it comes after the thread, which is what one looks at first.
import { Suspense } from "react";
import { lazyAhead } from "@/external/inbox_app/components/loading/lazy_ahead/lazy_ahead.js";

const List = lazyAhead(() => import("@/external/inbox_app/components/inbox/stay/home_facts/home_facts_list.jsx"));

export const HomeFacts = (props) => (props.facts.length > 0 || props.withheld) && <Suspense><List {...props} /></Suspense>;
