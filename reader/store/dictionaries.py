"""What texts, pages and their layouts are full of, for `store.compression`.

They are part of the format: never changed. A better one would stand beside the old one; a stream of zlib says by which
it was packed (RFC 1950, DICTID).
"""

WORDS = (
    b"Microsoft Google Apple Windows Linux Android Chrome Firefox GitHub Cisco Fortinet VMware Citrix Oracle Adobe"
    b" remote code execution vulnerability vulnerabilities CVE-2024- CVE-2025- CVE-2026- CVSS score of privilege e"
    b"scalation authentication bypass SQL injection cross-site scripting denial of service buffer overflow zero-da"
    b"y exploited in the wild supply chain attack phishing campaign ransomware group malware backdoor botnet comma"
    b"nd-and-control server threat actors attackers hackers cybercriminals researchers security firm cybersecurity"
    b" company data breach personal information names, addresses, phone numbers, email addresses, dates of birth, "
    b"Social Security numbers, credit card passwords credentials stolen leaked on the dark web law enforcement Dep"
    b"artment of Justice federal prosecutors the Federal Bureau of Investigation the U.S. Cybersecurity and Infras"
    b"tructure Security Agency (CISA) money laundering fraud scheme wire transfer bank accounts cryptocurrency wal"
    b"let million dollars sentenced to years in prison pleaded guilty was arrested was charged with according to a"
    b" statement published on Monday Tuesday Wednesday Thursday Friday January February March April June July Augu"
    b"st September October November December last week last month earlier this year on the other hand, in addition"
    b" to the, as well as a number of, as part of the, at the time of, one of the most, it is important to, becaus"
    b"e of the, users are advised to update to the latest version as soon as possible. The company said that it ha"
    b's been the first time that there is no evidence that they would not be able to he told reporters. "We are aw'
    b"are of she said in a statement. a spokesperson for the company's customers which could allow an attacker to "
    b"gain access to the system and have been affected by this issue, including those that were used for more than"
    b" because their from about after before between during under through without against while who will with what"
    b" when where how many other some such these than into over also its has had was were are been being can could"
    b" may might would should that this from have they their there which not but for and the "
)
MARKUP = (
    b'</table></tbody></tr></td><table><tbody><tr><td><pre><code class="language-"></code></pre><iframe src="https'
    b'://www.youtube.com/embed/" width="560" height="315" frameborder="0" allowfullscreen></iframe><script></scrip'
    b't><hr/><br/><br />&nbsp;&#8217;&#8220;&#8221;&amp;&quot;<span style="font-weight: 400;"></span><div class="w'
    b'p-block-image"><figure class="aligncenter size-full"></figure></div><div class="separator" style="clear: bot'
    b'h; text-align: center;"><h1></h1><h4></h4><h3 class="wp-block-heading" id=""></h3><em></em><i></i><b></b></b'
    b"lockquote>\n<blockquote><p></p></blockquote>\n<ol>\n<li></li>\n</ol>\n<ul>\n<li></li>\n</ul>\n<figure><img sr"
    b'c="http'
    b's://" srcset="https:// 300w, https:// 1024w" sizes="(max-width: 1024px) 100vw, 1024px" alt="" title="" width'
    b'="1200" height="630" class="wp-image- attachment-large size-large" loading="lazy" decoding="async"/><figcapt'
    b'ion></figcaption></figure>\n<h2></h2>\n<p><strong></strong>: <a href="https://" target="_blank" rel="nofollow '
    b'noopener noreferrer">. </a></p>\n<p>'
)
LAYOUT = (
    b".php.svg.webp.png.jpegimage/jpeg.com/wp-content/uploads/cdn.images.org/2026/2025/11/news/article.html?utm_source="
    b'rss&utm_medium=feed&utm_campaign=","https://github.com/","https://www.",[],[]]["0+24h1,120l1,95l1,12h3,30h2,420p,'
    b'310p,250q,p,",[1,","https://'
)
