"""Writes a document in simplified characters, where a copy of it came in traditional ones.

Only documents that are plainly traditional are touched; the table holds the characters of official prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from qualicity.engines.documents.lines import Block, Line

# each traditional character with its simplified one behind it
_PAIRS: Final = (
    "與与業业東东絲丝兩两嚴严喪丧個个豐丰臨临為为爲为麗丽舉举義义烏乌樂乐喬乔習习鄉乡書书買买亂乱爭争虧亏雲云亞亚產产産产"
    "畝亩親亲億亿僅仅從从侖仑倉仓儀仪們们價价眾众衆众優优夥伙會会傘伞偉伟傳传傷伤倫伦偽伪體体餘余佈布併并來来係系俠侠"
    "儉俭債债傾倾償偿儲储儘尽兒儿黨党蘭兰關关興兴養养獸兽內内岡冈冊册寫写軍军農农馮冯衝冲決决況况凍冻淨净準准涼凉減减湊凑"
    "幾几鳳凤憑凭凱凯擊击鑿凿劃划劉刘則则剛刚創创刪删別别劑剂劍剑劇剧勸劝辦办務务動动勵励勁劲勞劳勢势勝胜勻匀區区醫医華华協协"
    "單单賣卖盧卢衛卫卻却廠厂廳厅歷历曆历厲厉壓压廁厕廂厢縣县參参雙双發发髮发變变敘叙葉叶號号嘆叹後后嚇吓嗎吗聽听啟启啓启吳吴"
    "員员響响問问啞哑喚唤嘩哗喲哟圍围園园圓圆圖图團团國国聖圣場场壞坏塊块堅坚壇坛壩坝塢坞墳坟墜坠壟垄墊垫塵尘墻墙牆墙壯壮聲声"
    "殼壳處处備备複复復复夠够頭头夾夹奪夺奮奋獎奖婦妇媽妈姍姗婁娄嬰婴孫孙學学寧宁寶宝實实寵宠審审憲宪宮宫寬宽賓宾尋寻對对導导將将"
    "爾尔塵尘嘗尝層层屬属屆届屢屡歲岁豈岂崗岗島岛嶺岭嶽岳巖岩峽峡幣币帥帅師师帳帐帶带幫帮幹干乾干並并廣广莊庄慶庆庫库應应廟庙"
    "廢废開开異异棄弃張张彌弥彈弹強强歸归當当錄录徹彻徑径禦御憶忆憂忧懷怀態态憐怜總总恆恒惡恶悅悦懸悬驚惊慣惯慘惨憤愤願愿懶懒"
    "戲戏戰战戶户撲扑執执擴扩掃扫揚扬擾扰撫抚拋抛搶抢護护報报擔担擬拟攏拢揀拣擁拥攔拦撥拨擇择掛挂摯挚揮挥擋挡擠挤損损撿捡換换"
    "據据擄掳攤摊撐撑攝摄擺摆搖摇攜携敵敌斂敛數数齊齐鬥斗斬斩斷断無无舊旧時时曠旷曬晒曉晓暢畅暫暂術术機机殺杀雜杂權权條条"
    "楊杨極极構构樞枢槍枪楓枫櫃柜標标棧栈棟栋欄栏樹树樣样橋桥檔档檢检樓楼橫横歡欢歐欧殘残殲歼毆殴畢毕氣气漢汉湯汤溝沟沒没"
    "滬沪淪沦滄沧瀘泸淚泪潔洁灑洒濁浊測测濟济瀏浏渾浑濃浓濤涛漣涟潤润漲涨漸渐漁渔滲渗溫温灣湾濕湿滿满濾滤濫滥灘滩滅灭燈灯"
    "靈灵災灾煉炼煙烟熱热爐炉燒烧愛爱爺爷牘牍犧牺狀状獨独獄狱獵猎現现環环璽玺電电畫画療疗瘋疯癥症監监蓋盖盤盘眞真瞭了"
    "矚瞩礦矿碼码磚砖確确礎础禮礼禍祸禪禅離离種种積积稱称穩稳窮穷竊窃競竞筆笔築筑簽签簡简籌筹範范類类糧粮緊紧紀纪約约紅红"
    "純纯納纳縱纵紛纷紙纸紡纺線线組组細细織织終终紹绍經经結结給给絕绝統统絡络繪绘綁绑繼继績绩續续維维綜综綠绿緩缓編编緣缘縮缩"
    "總总縫缝縣县繫系網网罰罚罷罢羅罗職职聯联聰聪肅肃腸肠膚肤腫肿脹胀脅胁勝胜膽胆膠胶腦脑膿脓脫脱臺台颱台艦舰艙舱藝艺節节"
    "蘇苏蘋苹範范莖茎薦荐榮荣藥药獲获營营蕭萧薩萨藍蓝蔣蒋虛虚蟲虫蠶蚕蝕蚀補补襯衬裝装製制裡里裏里觀观規规視视覺觉覽览觸触譽誉"
    "計计訂订認认討讨訊讯議议記记講讲許许論论訟讼設设訪访證证評评識识詐诈訴诉診诊詞词試试詩诗誠诚話话該该詳详語语誤误說说説说"
    "請请諸诸讀读課课調调談谈謀谋謹谨譜谱貝贝負负貢贡財财責责賢贤敗败賬账貨货質质販贩貫贯貴贵貸贷貿贸費费賀贺資资賠赔賦赋賭赌"
    "購购賽赛贈赠贊赞趕赶趨趋躍跃踐践車车軌轨軟软轉转輪轮輕轻載载較较輔辅輛辆輸输輯辑轄辖邊边遼辽達达遷迁過过運运還还這这進进"
    "遠远違违連连遲迟適适選选遺遗邁迈郵邮鄰邻鄭郑鄧邓醬酱釀酿釋释鑒鉴鑑鉴針针釣钓鈣钙鋼钢鑰钥鈉钠鈞钧鉛铅銅铜鋁铝銀银銷销鎖锁"
    "鍋锅鋒锋錯错錢钱鐵铁鏈链鎮镇鏡镜長长門门閃闪閉闭間间閒闲閘闸閱阅闊阔隊队陽阳陰阴陣阵階阶際际陸陆險险隨随隱隐難难雛雏"
    "靜静頂顶項项順顺須须頑顽顧顾頓顿預预領领頻频顆颗題题顏颜額额風风飛飞飯饭飲饮飼饲飽饱餅饼館馆馬马馭驭馳驰駐驻駕驾驗验騙骗"
    "魚鱼魯鲁鮮鲜鳥鸟鳴鸣鴨鸭鵝鹅麥麦黃黄點点齒齿齡龄龍龙龜龟於于彙汇匯汇滙汇採采託托註注閑闲祕秘綫线羣群峯峰衆众汚污闢辟"
    "遊游鬆松鍾钟鐘钟嚮向曏向徵征準准誌志託托週周採采捲卷衹只隻只嶄崭頒颁鏟铲瀝沥紮扎暈晕攬揽繞绕鏽锈隸隶漿浆莊庄壘垒煥焕"
    "隴陇濱滨塗涂瓊琼廈厦潛潜贛赣瀋沈陝陕錦锦騰腾飆飙築筑績绩瀾澜蕩荡滾滚鞏巩徠徕駁驳驅驱駿骏屬属闡阐諮咨諾诺謝谢"
    "譯译謙谦讓让詢询誼谊賴赖軀躯輿舆轟轰鄺邝釐厘鋪铺鋸锯錘锤鑄铸鏗铿闆板閣阁韓韩韻韵頸颈饋馈驛驿驟骤鬧闹鯨鲸齋斋"
    "嶼屿綱纲牽牵萬万專专顯显慮虑礙碍滯滞蹤踪潰溃贏赢偵侦奧奥彎弯擱搁昇升棲栖櫻樱澤泽濰潍牀床猶犹獻献瑩莹盡尽籃篮糾纠紋纹締缔縝缜脈脉蕪芜蘆芦襲袭見见豎竖貪贪貼贴賈贾賊贼趙赵踴踊輻辐轍辙迴回邏逻鋰锂鍛锻鎳镍鑽钻闖闯雞鸡雖虽霧雾韌韧頁页飾饰騎骑髒脏鴻鸿"
    "鵬鹏鹽盐壽寿夢梦妝妆娛娱懇恳戀恋掙挣攪搅棗枣樁桩欽钦氫氢淵渊煩烦甌瓯疊叠盜盗碩硕礪砺穎颖竈灶篩筛粵粤糞粪絨绒綏绥綢绸緒绪練练緯纬緻致纏缠纖纤腎肾臘腊薑姜蘊蕴覈核訓训詮诠誇夸諧谐謂谓譴谴貧贫賃赁跡迹蹟迹輩辈辯辩辭辞遞递遙遥鉻铬鍵键閥阀陳陈頌颂"
    "飄飘駛驶鬱郁鷹鹰麵面黴霉槓杠瀕濒滅灭黨党紅红環环擬拟鄒邹郵邮鄲郸韋韦顯显購购貢贡綿绵陽阳潁颍鄖郧鄴邺滎荥瀘泸渦涡淶涞灤滦撫抚營营饒饶贛赣龍龙"
)
_TABLE: Final = {ord(_PAIRS[i]): _PAIRS[i + 1] for i in range(0, len(_PAIRS), 2)}
_ONLY_TRADITIONAL: Final = frozenset(chr(code) for code, plain in _TABLE.items() if chr(code) != plain) - set(
    "著乾瞭於後復徵週遊註託採隻併佈捲餘誌彙鍾"
)
_LEAST: Final = 6
_SHARE: Final = 0.05
_TONES: Final = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_SOUND: Final = re.compile(rf"(?<=[\u4e00-\u9fff])[（(](?=[a-zü]*[{_TONES}])[a-zü{_TONES}ɡ]{{1,6}}[)）]")
_WORDS: Final = ((re.compile("著(?=力|眼|手|重|实|實)"), "着"),)


def simplified(text: str) -> str:
    """Return a text in simplified characters; one that is not plainly traditional comes back as it was.

    Sounds in brackets that some sites print behind traditional characters, as in 關（guān）, go as well.
    """
    strange = sum(character in _ONLY_TRADITIONAL for character in text)
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in text)
    if strange < _LEAST or strange < chinese * _SHARE:
        return text
    text = _SOUND.sub("", text)
    for pattern, word in _WORDS:
        text = pattern.sub(word, text)
    return text.translate(_TABLE)


def in_simplified(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Return the lines and tables of a document in simplified characters, if it is plainly traditional."""
    texts = [text for block in blocks for text in _texts(block)]
    plain = simplified("\n".join(texts))
    if plain == "\n".join(texts):
        return tuple(blocks)
    words = iter(plain.split("\n"))
    return tuple(_rewritten(block, words) for block in blocks)


def _texts(block: Block) -> list[str]:
    return [block.text] if isinstance(block, Line) else [cell for row in block.rows for cell in row.cells]


def _rewritten(block: Block, words: Iterator[str]) -> Block:
    if isinstance(block, Line):
        return replace(block, text=next(words))
    return replace(block, rows=tuple(replace(row, cells=tuple(next(words) for _ in row.cells)) for row in block.rows))
