"""The words of what sites put around their articles, as one table a kind (whole lines, case does not matter)."""

from __future__ import annotations

import re


def _whole(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_NETWORK = (
    r"(?:facebook|twitter|x|linked ?in|reddit|whatsapp|telegram|e-?mail|pinterest|pocket|mastodon|bluesky|threads"
    r"|flipboard|tumblr|instagram|youtube|hacker news|google news|line|viber|sms|print|rss)"
)
_FOLLOWED = r"(?:twitter|x|facebook|linked ?in|instagram|mastodon|bluesky|google news|telegram|youtube|threads)"
_THING = r"(?:article|post|story|page|news|piece|entry|content)"
_WORKS = (
    r"(?:articles?|posts?|stor(?:y|ies)|news|contents?|readings?|reads?|links?|coverage|topics?|items?|headlines?"
    r"|insights?|reports?|research|stud(?:y|ies)|data|analys[ie]s|videos?|podcasts?|resources?|updates?|picks?"
    r"|features?|pages?|products?|events?|webinars?|white ?papers?|briefs?|guides?|trackers?|playbooks?|magazines?)"
)
_RANK = (
    r"(?:latest|related|recommended|similar|featured|popular|trending|recent|top|more|other|new(?:est)?"
    r"|must[- ]reads?|sponsored|suggested|exclusive|promoted|partner|hot"
    r"|most[- ](?:read|popular|viewed|shared|recent|commented|discussed)|editor['’]?s['’]?|don['’]t miss"
    r"|what['’]s (?:hot|new))"
)
_LETTER = r"(?:newsletter|inbox|updates?|digest|bulletin|mailing list|alerts?|briefing|e-?mails?|channel|podcast)s?"

# Opens the comments: whatever follows is not the article, unless that is long.
COMMENTS = _whole(
    r"(?:click (?:here )?)?to (?:leave|add|post|view|read|write) (?:a |your |the )?comments?",
    r"click (?:here )?to comment",
    r"(?:leave|add|post|write|submit) (?:a|your) (?:comment|reply|response|review)(?: below| cancel reply)?",
    r"cancel reply",
    r"(?:view|show|see|load|hide|read)(?: all| the| more)? (?:\d+ )?comments?(?: \(?\d+\)?)?",
    r"(?:no|\d{1,5}|zero|one) (?:comments?|responses?|replies)(?: (?:yet|so far|on .+|to .+))?",
    r"comments? (?:are )?(?:now )?(?:closed|off|disabled)",
    r"comments? policy",
    r"(?:you must be |please )?log(?:ged)?[- ]?in (?:or register )?to (?:leave|post|add) .+",
    r"join the (?:conversation|discussion).*",
    r"(?:loading|hide|show) comments?(?:\.\.\.|…)?",
    r"(?:was|did you find) this .{1,30} (?:helpful|useful|interesting)\??|rate this .{1,20}|(?:\d[\s/]*){2,10}",
    r"be the first to (?:comment|know|like this|review).*",
)

# Stands only below an article.
BELOW = _whole(
    r"(?:back |go |return |scroll |jump )?to (?:the )?top(?: of (?:the )?page)?",
    r"(?:post|article)s? navigation",
    r"(?:previous|next|older|newer|prev) (?:article|post|stor(?:y|ies)|page|entry|entries)s?.{0,80}",
    r"(?:next|previous|prev)(?: up)?: .{1,80}",
    r"(?:privacy|cookies?|terms|legal|editorial|ethics|accessibility)(?: (?:policy|policies|settings|notice|statement"
    r"|preferences|of (?:use|service)|and conditions|& conditions|guidelines|standards|information))+",
    r"contact us|about us|advertise with us|policies and standards|site ?map",
    r"(?:©|\(c\)|copyright) .{0,80}",
    r".{0,60}all rights reserved.{0,20}",
)

# Stands above, in or below an article; the line alone goes.
FURNITURE = _whole(
    rf"share(?: (?:this|it|now|the {_THING}))?(?: {_THING})?(?: (?:on|via|with|to|by) .{{1,30}})?(?: {_NETWORK})*",
    r"shares? \d+|\d+ shares?|sharing|no shares?",
    rf"(?:share|post|tweet|pin|send|save|e-?mail|print)(?: this)?(?: {_THING})?(?: (?:on|to|via|by) {_NETWORK})?",
    rf"(?!x|line){_NETWORK}|(?:{_NETWORK}[ ,|/•·]+){{1,11}}{_NETWORK}",
    r"tweet this|copy (?:the )?link|link copied!?|printer[- ]friendly(?: version)?|(?:click to )?print .{0,20}",
    r"like this|(?:like )?loading(?:\.\.\.|…)?",
    r"(?:sign|log) (?:up|in)(?: now| here| today| free)?|subscribe(?: now| today| here| free)?",
    r"register now|download now|learn more here|print[- ]friendly|e-?mail (?:this |it )?(?:to )?(?:a )?friend",
    rf"(?:read|get|download|view|see) (?:the|our) (?:full |free |new |complete )?{_WORKS}",
    r"get the latest .{1,40}|delivered (?:straight |directly |right )?to your (?:inbox|e-?mail)",
    r"advertis(?:e)?ments?|sponsored(?: content| links?| post)?|paid content|promoted(?: content)?",
    r"(?:story|article|content) continues (?:below|after)(?: .{1,40})?",
    rf"follow (?:us|me|.{{1,40}} on)(?: on)?(?: (?:{_FOLLOWED}[ ,&]*(?:and )?)+)?",
    r"(?:report|spotted) (?:a|an) (?:typo|error|correction|mistake).{0,30}",
    r"skip (?:ad|advertisement|to .{1,30})",
    r"\d{1,2} min(?:ute)?s? read|reading time:? .{1,20}|listen to (?:this )?article.{0,20}",
    r"newsletters?",
    r"(?:click|tap) here to (?:get|download|subscribe|sign up|join|register) .{0,50}",
    rf"(?:get|subscribe to|sign up (?:for|to)|join) .{{0,50}}{_LETTER}.{{0,30}}",
    r"stay (?:informed|connected|ahead|in the loop|in touch|up[- ]to[- ]date|tuned).{0,40}|never miss .{1,50}",
    r"(?:try|start) .{1,40}(?:free|trial).{0,20}",
    r"watch (?:now|next|the video)",
)

# Announces other articles, comments or promotions, and takes what follows with it.
OPENER = _whole(
    r"(?:(?:see|read|view|check out|explore|discover|browse|get) )?(?:our |the |all |some |these |your )?"
    rf"{_RANK} (?:and \w+ )?(?:[\w&'’.-]+ ){{0,3}}?{_WORKS}"
    r"(?: (?:for|from|on|in|by|about|to|of|you|across) .{1,50})?",
    rf"(?:new|latest|exclusive|upcoming|featured|live|on-?demand) [\w&'’. -]{{0,40}}{_WORKS}",
    r"related(?: to .{1,40})?|recommended(?: (?:for you|by .{1,30}))?|trending(?: (?:now|today|on .{1,30}))?",
    r"popular(?: (?:now|today|on .{1,30}))?|most[- ](?:read|popular|viewed|shared)(?: .{1,30})?",
    r"you(?: may| might| will| could|['’]ll) (?:also )?(?:like|love|enjoy|be interested in|have missed|want to read)"
    r".{0,30}",
    r"don['’]t miss(?: .{1,30})?|in case you missed it|icymi",
    r"(?:see|read) also|also (?:read|see|on .{1,40}|in .{1,40})",
    r"(?:read|what['’]?s|what to read) next|(?:keep|continue|suggested) reading",
    r"(?:read|discover|see) more(?: (?:on|from|about|in|by|at|here).{0,50})?",
    r"more (?:from|on|about|by|in|like) .{1,60}|more|editor['’]?s['’]? (?:picks?|choice)|staff picks?|must[- ]reads?",
    r"about (?:the )?(?:author|writer|contributor|reporter)s?(?: .{1,40})?|author bio(?:graphy)?|meet the author",
    r"(?:from )?(?:our|the) (?:sponsors?|partners?|archives?)|(?:from )?around the web|(?:elsewhere on|from) the web",
    r"(?:reader |user |top )?comments?(?: \(?\d{1,6}\)?)?|\(?\d{1,6}\)? comments?",
    r"(?:more|read more) (?:on|in|from)|explore more(?: .{1,40})?|what['’]s (?:hot|trending)",
    r"written by|posted by|topics?|tags?|tagged|filed under|posted in|categories|labels|in this (?:article|story)",
    r"responses|replies|discuss this .{1,30}",
)

# May announce a promotion and may be a heading of the article: only furniture further down decides.
WEAK_OPENER = _whole(
    rf"(?:our )?(?:new|latest|exclusive|upcoming|featured|live|free|on-?demand) [\w&'’. -]{{0,30}}{_WORKS}: .{{1,80}}",
    r"(?:press|media) (?:contact|release)s?|contact(?: us)?|disclaimer|about [\w&'’. -]{1,40}",
    r"what do you think\?|up next",
    r"(?:learn|find out) more(?: (?:on|from|about|in|by|at|here).{0,50})?|discussion",
)

# One line that names what it says: at the very end it is no part of the text.
LABEL = _whole(
    r"(?:(?:post |related )?tags?|tagged(?: with| in| as)?|filed under|posted (?:in|under)|categor(?:y|ies)|topics?"
    r"|related (?:topics|items?)|keywords?|labels?|sources?|via|(?:photo|image)(?: credit)?|credit)\s*:\s*\S.{0,200}",
    r"tags? [^.]{1,100}",
)

# One line that points to another article.
POINTER = _whole(
    r"(?:related(?: (?:articles?|stor(?:y|ies)|news|reading|posts?))?|read more|read next|read also|also read|see also"
    r"|more|recommended(?: reading)?|must[- ]read|don['’]t miss|you may also like|watch|listen|previously"
    r"|further reading)\s*(?::|»|>|→|\||–|—| -)\s*\S.{0,200}",
)

# A paragraph at the very end: the site's or its software's last word.
TRAILER = _whole(
    r"the post .{0,400} (?:appeared first|first appeared) on .{1,120}",
    r"(?:this )?(?:article|post|story|entry) .{0,200}(?:appeared first|first appeared) on .{1,120}",
    rf"(?:sign up|subscribe|register) (?:here |now |today )?(?:for|to) .{{0,200}}{_LETTER}.{{0,120}}",
    rf"(?:please )?follow .{{1,80}} on {_FOLLOWED}.{{0,160}}",
    r"(?:did you )?(?:like|enjoy(?:ed)?|found) (?:this|reading).{0,60}(?:\?|!|follow|share|subscribe).{0,200}",
    r"don['’]t miss .{0,150}(?:subscribe|sign up|newsletter).{0,100}",
    r"(?:got|have|do you have) (?:a |any )?(?:news )?(?:tips?|story|stories|questions|information).{0,250}",
    r"(?:for|to (?:get|receive|read|see)) (?:more|all|the latest|daily) .{1,80} "
    r"(?:coverage|news|stories|updates|insights?),? .{0,80}(?:subscribe|sign up|visit|follow|click|check out).{0,120}",
    r"(?:click|tap|go) (?:here|to .{1,40}) (?:to|for) .{1,160}",
    r"(?:read|view|see) (?:the )?(?:full|entire|complete|rest of (?:the|this)|original|whole) .{0,100}",
    r"(?:continue|keep) reading\b.{0,160}|read more(?: .{0,120})?",
    r"(?:read|view|see|visit) (?:it |this |more )?(?:at|on) .{1,120}",
    r"(?:download|listen to|watch) (?:the |our )(?:full|free|latest|new) .{1,120}",
    r"submitted by /?u/\S+.{0,60}",
    r"(?:©|\(c\)|copyright) .{0,200}|.{0,120}all rights reserved.{0,80}",
    r"(?:image|photo|picture|photograph)(?: credit|s)?\s*:\s.{1,160}",
    r"\[?(?:featured )?(?:image|photo) (?:by|via|courtesy of|from|credit) .{1,160}",
)
