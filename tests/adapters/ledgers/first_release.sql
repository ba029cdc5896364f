-- A ledger as the first release left it: four mails, three nominations, one of them corrected, four letters.
BEGIN TRANSACTION;
CREATE TABLE addresses (
	unit TEXT NOT NULL, 
	address TEXT NOT NULL, 
	name TEXT NOT NULL, 
	mail INTEGER NOT NULL, 
	PRIMARY KEY (unit, address)
);
INSERT INTO "addresses" VALUES('S045','jgdw@slt.example','省水利厅 尚守陌',1);
INSERT INTO "addresses" VALUES('S058','jgdw@ylbzj.example','省医保局 原远砚',2);
CREATE TABLE chronicle (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	at DATETIME NOT NULL, 
	who TEXT NOT NULL, 
	what TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	facts TEXT NOT NULL
);
INSERT INTO "chronicle" VALUES(1,'2026-11-24 12:03:20.688198','worker','taken-in','mail:1','{"bytes":39512,"complete":true}');
INSERT INTO "chronicle" VALUES(2,'2026-11-24 12:03:20.688198','worker','taken-in','mail:2','{"bytes":39975,"complete":true}');
INSERT INTO "chronicle" VALUES(3,'2026-11-24 12:03:20.906701','mail:1','filed','nomination:0001','{"state":"accepted","version":1}');
INSERT INTO "chronicle" VALUES(4,'2026-11-24 12:03:20.906701','mail:1','handled','mail:1','{"outcome":"received","reason":"1 filed","unit":"S045"}');
INSERT INTO "chronicle" VALUES(5,'2026-11-24 12:03:20.970229','mail:2','filed','nomination:0002','{"state":"defective","version":1}');
INSERT INTO "chronicle" VALUES(6,'2026-11-24 12:03:20.970229','mail:2','handled','mail:2','{"outcome":"received","reason":"1 filed","unit":"S058"}');
INSERT INTO "chronicle" VALUES(7,'2026-11-24 12:03:20.985225','clock','first-letter','unit:S045','{"letter":"receipt","key":"answer:1-1:1:086eda5ad669","queued":true}');
INSERT INTO "chronicle" VALUES(8,'2026-11-24 12:03:20.985225','clock','answered','mail:1','{"letter":"receipt","key":"answer:1-1:1:086eda5ad669","queued":true}');
INSERT INTO "chronicle" VALUES(9,'2026-11-24 12:03:20.985225','clock','answered','address:jgdw@slt.example','{"letter":"receipt","filed":true}');
INSERT INTO "chronicle" VALUES(10,'2026-11-24 12:03:21.109275','clock','first-letter','unit:S058','{"letter":"defects","key":"answer:2-2:1:50a34d220524","queued":true}');
INSERT INTO "chronicle" VALUES(11,'2026-11-24 12:03:21.109275','clock','answered','mail:2','{"letter":"defects","key":"answer:2-2:1:50a34d220524","queued":true}');
INSERT INTO "chronicle" VALUES(12,'2026-11-24 12:03:21.109275','clock','answered','address:jgdw@ylbzj.example','{"letter":"defects","filed":true}');
INSERT INTO "chronicle" VALUES(13,'2026-11-24 12:03:21.399752','courier','sent','letter:1','{"letter":"receipt","detail":"00001-receipt-1f18a0af399b.eml"}');
INSERT INTO "chronicle" VALUES(14,'2026-11-24 12:03:21.402599','courier','sent','letter:2','{"letter":"defects","detail":"00002-defects-9cb5e1b38cb5.eml"}');
INSERT INTO "chronicle" VALUES(15,'2026-11-24 12:03:22.878126','worker','taken-in','mail:3','{"bytes":39841,"complete":true}');
INSERT INTO "chronicle" VALUES(16,'2026-11-24 12:03:22.878126','worker','taken-in','mail:4','{"bytes":39414,"complete":true}');
INSERT INTO "chronicle" VALUES(17,'2026-11-24 12:03:23.042539','mail:3','corrected','nomination:0002','{"state":"accepted","version":2,"field:联系电话":["","0371-55504244"]}');
INSERT INTO "chronicle" VALUES(18,'2026-11-24 12:03:23.042539','mail:3','handled','mail:3','{"outcome":"received","reason":"1 corrected","unit":"S058"}');
INSERT INTO "chronicle" VALUES(19,'2026-11-24 12:03:23.099641','mail:4','filed','nomination:0003','{"state":"over-quota","version":1}');
INSERT INTO "chronicle" VALUES(20,'2026-11-24 12:03:23.099641','mail:4','handled','mail:4','{"outcome":"received","reason":"1 filed","unit":"S045"}');
INSERT INTO "chronicle" VALUES(21,'2026-11-24 12:03:23.115326','clock','answered','mail:3','{"letter":"receipt","key":"answer:3-3:1:643bf38d51e0","queued":true}');
INSERT INTO "chronicle" VALUES(22,'2026-11-24 12:03:23.115326','clock','answered','address:jgdw@ylbzj.example','{"letter":"receipt","filed":true}');
INSERT INTO "chronicle" VALUES(23,'2026-11-24 12:03:23.262539','clock','answered','mail:4','{"letter":"defects","key":"answer:4-4:1:e24431433183","queued":true}');
INSERT INTO "chronicle" VALUES(24,'2026-11-24 12:03:23.262539','clock','answered','address:jgdw@slt.example','{"letter":"defects","filed":true}');
INSERT INTO "chronicle" VALUES(25,'2026-11-24 12:03:23.303797','courier','sent','letter:3','{"letter":"receipt","detail":"00003-receipt-7ea65774572b.eml"}');
INSERT INTO "chronicle" VALUES(26,'2026-11-24 12:03:23.306589','courier','sent','letter:4','{"letter":"defects","detail":"00004-defects-3dbe9843e0a9.eml"}');
INSERT INTO "chronicle" VALUES(27,'2026-11-24 12:03:24.720940','operator','paper','nomination:0001','{}');
CREATE TABLE folders (
	folder TEXT NOT NULL, 
	uidvalidity INTEGER NOT NULL, 
	last_uid INTEGER NOT NULL, 
	PRIMARY KEY (folder)
);
INSERT INTO "folders" VALUES('INBOX',1036077253,4);
CREATE TABLE mails (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	message_id TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	position TEXT, 
	received DATETIME NOT NULL, 
	size INTEGER NOT NULL, 
	original TEXT NOT NULL, 
	complete BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	outcome TEXT, 
	reason TEXT NOT NULL, 
	command TEXT, 
	unit TEXT, 
	sender TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	findings TEXT NOT NULL, 
	files TEXT NOT NULL, 
	evidence TEXT NOT NULL, 
	filed TEXT NOT NULL, 
	rules TEXT NOT NULL, 
	traceback TEXT NOT NULL, 
	letter TEXT, 
	answer_state TEXT, 
	answer_by DATETIME, 
	handled DATETIME, 
	answer_to TEXT NOT NULL, 
	"references" TEXT NOT NULL, 
	given_unit TEXT, 
	released BOOLEAN NOT NULL, 
	folder TEXT NOT NULL, 
	uid BIGINT NOT NULL, 
	CONSTRAINT mails_identity UNIQUE (message_id, sha256)
);
INSERT INTO "mails" VALUES(1,'<CA978112CA1BBDCAFAC231B3@slt.example>','a498ed79b6f3b66d6326c70c3424762384b2556e93b960f36426695afdf96794','{"folder":"INBOX","uidvalidity":1036077253,"uid":1}','2021-12-08 02:00:00.000000',39512,'mail/a4/a498ed79b6f3b66d6326c70c3424762384b2556e93b960f36426695afdf96794.eml',1,'handled',0,'received','1 filed',NULL,'S045','{"address":"jgdw@slt.example","name":"省水利厅 尚守陌"}','省水利厅报送“我为群众办实事”“三个100”推荐表及典型材料','[]','[{"path":"省水利厅实事项目推荐表（省水利厅“清源”农村饮水提质项目）.docx","sha256":"22f24b536f5e38f5080b35af1d17c3ea19bda1c6819f5ce4427eb53d737845a0","size":12675,"format":"docx","role":"form"},{"path":"省水利厅实事项目典型材料（省水利厅“清源”农村饮水提质项目）.docx","sha256":"1f8025310591469c2a2006c97b9127572cbda6e2e4aa640856dfb293bda30395","size":14104,"format":"docx","role":"material"}]','[{"source":"form-field","found":"河南省水利厅","unit":"S045","weight":9},{"source":"text","found":"河南省水利厅","unit":"S045","weight":8},{"source":"subject","found":"省水利厅","unit":"S045","weight":6},{"source":"sender-name","found":"省水利厅","unit":"S045","weight":5},{"source":"file-name","found":"省水利厅","unit":"S045","weight":4},{"source":"text","found":"省水利厅","unit":"S045","weight":3},{"source":"workplace","found":"省水利厅","unit":"S045","weight":1}]','["0001"]','48d98ec52425132f239633fc6189e5f3d4947bb5cdb4c7e1ff25ed418abaf56b','','receipt','written','2021-12-08 02:00:00.000000','2026-11-24 12:03:20.906701','jgdw@slt.example','[]',NULL,0,'INBOX',1);
INSERT INTO "mails" VALUES(2,'<2E7D2C03A9507AE265ECF5B5$@ylbzj.example>','64d4be35deb2174bbbe2ce61c64d873a738c3999499642e35696678d6e791b43','{"folder":"INBOX","uidvalidity":1036077253,"uid":2}','2021-12-08 02:01:00.000000',39975,'mail/64/64d4be35deb2174bbbe2ce61c64d873a738c3999499642e35696678d6e791b43.eml',1,'handled',0,'received','1 filed',NULL,'S058','{"address":"jgdw@ylbzj.example","name":"省医保局 原远砚"}','省医保局报送“我为群众办实事”“三个100”推荐表及典型材料','[]','[{"path":"附件1 省医保局“家医有约”基层家庭医生服务项目推荐表.docx","sha256":"636acbb02b9bfbd611a238eb627b8a83a88f8735974c9f2d6e3b618e2b427570","size":12814,"format":"docx","role":"form"},{"path":"省医保局“家医有约”基层家庭医生服务项目典型材料.docx","sha256":"95fb7dae3f850e321f75d435e90ba7e3f9f056b800bfc3455d8762d31f2d37ef","size":14388,"format":"docx","role":"material"}]','[{"source":"form-field","found":"河南省医疗保障局","unit":"S058","weight":9},{"source":"text","found":"河南省医疗保障局","unit":"S058","weight":8},{"source":"subject","found":"省医保局","unit":"S058","weight":6},{"source":"sender-name","found":"省医保局","unit":"S058","weight":5},{"source":"text","found":"河南省医疗保障局","unit":"S058","weight":3},{"source":"workplace","found":"省医保局","unit":"S058","weight":1}]','["0002"]','48d98ec52425132f239633fc6189e5f3d4947bb5cdb4c7e1ff25ed418abaf56b','','defects','written','2021-12-08 02:01:00.000000','2026-11-24 12:03:20.970229','jgdw@ylbzj.example','[]',NULL,0,'INBOX',2);
INSERT INTO "mails" VALUES(3,'<18AC3E7343F016890C510E93$@ylbzj.example>','2c6ccc47fdbf22f457398e6c10685d89ecd2a0938405374cb5c03f0a97ce386b','{"folder":"INBOX","uidvalidity":1036077253,"uid":3}','2021-12-08 03:00:00.000000',39841,'mail/2c/2c6ccc47fdbf22f457398e6c10685d89ecd2a0938405374cb5c03f0a97ce386b.eml',1,'handled',0,'received','1 corrected',NULL,'S058','{"address":"jgdw@ylbzj.example","name":"省医保局 原远砚"}','【省医保局】“三个100”推选活动材料报送','[]','[{"path":"附件1 省医保局“家医有约”基层家庭医生服务项目推荐表.docx","sha256":"aae5160b078905c9cd0c5f1bfbabb1c3b90935ac8b8304207edc3692bb64cfa7","size":12819,"format":"docx","role":"form"},{"path":"省医保局“家医有约”基层家庭医生服务项目典型材料.docx","sha256":"95fb7dae3f850e321f75d435e90ba7e3f9f056b800bfc3455d8762d31f2d37ef","size":14388,"format":"docx","role":"material"}]','[{"source":"form-field","found":"河南省医疗保障局","unit":"S058","weight":9},{"source":"text","found":"河南省医疗保障局","unit":"S058","weight":8},{"source":"subject","found":"省医保局","unit":"S058","weight":6},{"source":"sender-name","found":"省医保局","unit":"S058","weight":5},{"source":"text","found":"河南省医疗保障局","unit":"S058","weight":3},{"source":"workplace","found":"省医保局","unit":"S058","weight":1}]','["0002"]','48d98ec52425132f239633fc6189e5f3d4947bb5cdb4c7e1ff25ed418abaf56b','','receipt','written','2021-12-08 03:00:00.000000','2026-11-24 12:03:23.042539','jgdw@ylbzj.example','[]',NULL,0,'INBOX',3);
INSERT INTO "mails" VALUES(4,'<3E23E8160039594A33894F65@slt.example>','6b0dbeaa4c131ba95c21d16b01ccc22ae117036a5b2cfd6b57e772c9c1e617e6','{"folder":"INBOX","uidvalidity":1036077253,"uid":4}','2021-12-08 04:00:00.000000',39414,'mail/6b/6b0dbeaa4c131ba95c21d16b01ccc22ae117036a5b2cfd6b57e772c9c1e617e6.eml',1,'handled',0,'received','1 filed',NULL,'S045','{"address":"jgdw@slt.example","name":"省水利厅 尚守陌"}','省水利厅三个100推荐','[]','[{"path":"省水利厅实事项目推荐表（省水利厅灾后“抢种补种”帮扶项目）.docx","sha256":"8576b34694894de2576d0a9e06060a49218b9a2fc8d45b41075eff05b1ab8d78","size":12685,"format":"docx","role":"form"},{"path":"省水利厅实事项目典型材料（省水利厅灾后“抢种补种”帮扶项目）.docx","sha256":"853fc1e4b40169a63cb5aff1ad89fe0e65623eeb18245c9a5d90b7170650e35b","size":14180,"format":"docx","role":"material"}]','[{"source":"form-field","found":"河南省水利厅","unit":"S045","weight":9},{"source":"text","found":"河南省水利厅","unit":"S045","weight":8},{"source":"subject","found":"省水利厅","unit":"S045","weight":6},{"source":"sender-name","found":"省水利厅","unit":"S045","weight":5},{"source":"file-name","found":"省水利厅","unit":"S045","weight":4},{"source":"text","found":"河南省水利厅","unit":"S045","weight":3},{"source":"workplace","found":"省水利厅供水服务中心","unit":"S045","weight":1}]','["0003"]','48d98ec52425132f239633fc6189e5f3d4947bb5cdb4c7e1ff25ed418abaf56b','','defects','written','2021-12-08 04:00:00.000000','2026-11-24 12:03:23.099641','jgdw@slt.example','[]',NULL,0,'INBOX',4);
CREATE TABLE marks (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "marks" VALUES('last-poll','2026-11-24T20:03:23.112243+08:00');
INSERT INTO "marks" VALUES('second-look','4');
CREATE TABLE nominations (
	number TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	unit TEXT NOT NULL, 
	category TEXT, 
	nominee TEXT NOT NULL, 
	nominee_unit TEXT NOT NULL, 
	state TEXT NOT NULL, 
	received DATETIME NOT NULL, 
	updated DATETIME NOT NULL, 
	mail INTEGER NOT NULL, 
	form TEXT, 
	material TEXT, 
	fields TEXT NOT NULL, 
	count TEXT, 
	findings TEXT NOT NULL, 
	form_mail INTEGER, 
	material_mail INTEGER, 
	form_at DATETIME, 
	material_at DATETIME, 
	publicity_shown BOOLEAN NOT NULL, 
	paper DATETIME, 
	admitted BOOLEAN NOT NULL, 
	"order" INTEGER NOT NULL, 
	form_digest TEXT NOT NULL, 
	material_digest TEXT NOT NULL, 
	precedence TEXT NOT NULL, 
	uncertain TEXT NOT NULL, 
	standing INTEGER NOT NULL, 
	newest BOOLEAN NOT NULL, 
	ordinal INTEGER NOT NULL, 
	nominee_key TEXT NOT NULL, 
	touched DATETIME NOT NULL, 
	touched_by INTEGER NOT NULL, 
	PRIMARY KEY (number, version)
);
INSERT INTO "nominations" VALUES('0001',1,'S045','project','省水利厅“清源”农村饮水提质项目','省水利厅农村水利处','accepted','2021-12-08 02:00:00.000000','2021-12-08 02:00:00.000000',1,'省水利厅实事项目推荐表（省水利厅“清源”农村饮水提质项目）.docx','省水利厅实事项目典型材料（省水利厅“清源”农村饮水提质项目）.docx','{"推荐单位":"河南省水利厅","项目名称":"省水利厅“清源”农村饮水提质项目","实施单位":"省水利厅农村水利处","开展时间":"2021年3月至11月","受益人数":"35276","项目负责人":"秦可禾","联系电话":"13803719432","项目简介":"5个行政村地处丘陵岗地，长期依靠水窖取水，旱季要到几里外拉水。水质化验显示，部分村组硬度超标，烧一壶水半壶垢，盼望换上好水。","主要做法和成效":"抢在入冬前完成管道保温77公里，防止冻裂。每季度公布水质检测结果，发到群里，群众可以随时送样。探索“县级统管、乡镇协管、村级看管”的管护办法，每村聘请1名管水员，工资与群众评价挂钩。邀请水文专家踏勘水源30处，新打深井11眼，配套净化设备9套。管网漏损率降到10%，每年节水82万立方米。有了稳定的水，村里又发展豆腐坊、大棚26家，集体收入有了着落。","群众评价":"无","推荐单位意见":"经集体讨论，同意推荐。 （盖章） 2021年12月13日"}','{"words":1353,"characters":1391}','[]',1,1,'2021-12-08 02:00:00.000000','2021-12-08 02:00:00.000000',0,'2026-11-24 12:03:24.720940',0,0,'861d2dfab84cebc99d90d5fdc7f38f861de8e5f55aa86d6daa09d508c9acabbd','cc70564d3138c46bcb0527e61bc7dcbd179a3ff849ce2198ff413e728c0d4385','[]','[]',0,1,1,'省水利厅清源农村饮水提质项目','2026-11-24 12:03:24.720940',1);
INSERT INTO "nominations" VALUES('0002',1,'S058','project','省医保局“家医有约”基层家庭医生服务项目','省医保局待遇保障处','superseded','2021-12-08 02:01:00.000000','2021-12-08 02:01:00.000000',2,'附件1 省医保局“家医有约”基层家庭医生服务项目推荐表.docx','省医保局“家医有约”基层家庭医生服务项目典型材料.docx','{"推荐单位":"河南省医疗保障局","项目名称":"省医保局“家医有约”基层家庭医生服务项目","实施单位":"省医保局待遇保障处","开展时间":"2021年3月至11月","受益人数":"38341","项目负责人":"霍听犁","项目简介":"41个村卫生室只有听诊器、血压计、体温计“老三样”，村医年龄偏大，群众有病宁愿拖着。偏远村组到县医院要转两趟车，头疼脑热也得跑县城的问题由来已久。","主要做法和成效":"选派上级医院医师62名驻乡坐诊，传帮带村医152名。为村卫生室统一配备智慧健康一体机90台，县医院十五分钟内出报告。推行县乡药品目录统一，慢病长处方一次可开三个月。为行动不便的失能老人建立家庭病床90张次，不收出诊费。慢病规范管理率达到86%，及时发现并转诊急危重症64例。基层就诊率提高到66%，住院费用人均下降1129元。","群众评价":"无","推荐单位意见":"经研究，情况属实，同意推荐。 （盖章） 2021年12月14日"}','{"words":1516,"characters":1563}','[{"check":"field-missing","severity":"defect","field":"联系电话","file":"附件1 省医保局“家医有约”基层家庭医生服务项目推荐表.docx","place":{"file":"附件1 省医保局“家医有约”基层家庭医生服务项目推荐表.docx","page":null,"sheet":null,"table":1,"row":5,"column":3,"paragraph":null},"facts":{"wanted":"telephone"}}]',2,2,'2021-12-08 02:01:00.000000','2021-12-08 02:01:00.000000',0,NULL,0,0,'92cdf6387b3d3f368f986f9ec170d335c79c20716ee083ed096e7d9806232d62','b15642dc0a1ee643bd3185fd338a063e85e235ad27be0340dc402124c34d6dc8','[]','[]',0,0,2,'省医保局家医有约基层家庭医生服务项目','2026-11-24 12:03:20.970229',2);
INSERT INTO "nominations" VALUES('0002',2,'S058','project','省医保局“家医有约”基层家庭医生服务项目','省医保局待遇保障处','accepted','2021-12-08 02:01:00.000000','2021-12-08 03:00:00.000000',3,'附件1 省医保局“家医有约”基层家庭医生服务项目推荐表.docx','省医保局“家医有约”基层家庭医生服务项目典型材料.docx','{"推荐单位":"河南省医疗保障局","项目名称":"省医保局“家医有约”基层家庭医生服务项目","实施单位":"省医保局待遇保障处","开展时间":"2021年3月至11月","受益人数":"38341","项目负责人":"霍听犁","联系电话":"0371-55504244","项目简介":"41个村卫生室只有听诊器、血压计、体温计“老三样”，村医年龄偏大，群众有病宁愿拖着。偏远村组到县医院要转两趟车，头疼脑热也得跑县城的问题由来已久。","主要做法和成效":"选派上级医院医师62名驻乡坐诊，传帮带村医152名。为村卫生室统一配备智慧健康一体机90台，县医院十五分钟内出报告。推行县乡药品目录统一，慢病长处方一次可开三个月。为行动不便的失能老人建立家庭病床90张次，不收出诊费。慢病规范管理率达到86%，及时发现并转诊急危重症64例。基层就诊率提高到66%，住院费用人均下降1129元。","群众评价":"无","推荐单位意见":"经研究，情况属实，同意推荐。 （盖章） 2021年12月14日"}','{"words":1516,"characters":1563}','[]',3,3,'2021-12-08 03:00:00.000000','2021-12-08 03:00:00.000000',0,NULL,0,0,'0fdc2837d9e92339d8910003910c5ea260030da2cd53665836949851227469b2','b15642dc0a1ee643bd3185fd338a063e85e235ad27be0340dc402124c34d6dc8','[]','[]',0,1,2,'省医保局家医有约基层家庭医生服务项目','2026-11-24 12:03:23.042539',3);
INSERT INTO "nominations" VALUES('0003',1,'S045','project','省水利厅灾后“抢种补种”帮扶项目','省水利厅供水服务中心','over-quota','2021-12-08 04:00:00.000000','2021-12-08 04:00:00.000000',4,'省水利厅实事项目推荐表（省水利厅灾后“抢种补种”帮扶项目）.docx','省水利厅实事项目典型材料（省水利厅灾后“抢种补种”帮扶项目）.docx','{"推荐单位":"河南省水利厅","项目名称":"省水利厅灾后“抢种补种”帮扶项目","实施单位":"省水利厅供水服务中心","开展时间":"2021年3月至11月","受益人数":"3740","项目负责人":"车景渠","联系电话":"0371-55509731","项目简介":"今夏的强降雨造成184个村不同程度受灾，受损农房1607户，群众最忧心的是入冬前能不能住进去。农田受淹12万亩，大棚、鸡舍、机井损毁严重。","主要做法和成效":"协调保险理赔1453万元，三天到账，贷款展期326户。逐户鉴定受损房屋3167户，修缮、加固、重建分类施策，工匠不够就跨县借。集结突击队72支，排水、清淤、消杀，鞋子泡烂了几双。抢修教室42所，借用厂房改教室，保证按时开学。3417户受灾群众在供暖前搬进新居，无一人受冻挨饿。搬进新房那天，几家人在门上贴了同一副对联，上联写着“洪水无情”，下联写着“党员在前”。","群众评价":"无","推荐单位意见":"经集体讨论，同意推荐。 （盖章） 2021年12月14日"}','{"words":1375,"characters":1426}','[{"check":"over-quota","severity":"defect","field":null,"file":null,"place":null,"facts":{"quota":1,"live":2,"place":2,"numbers":["0001"],"nominees":["省水利厅“清源”农村饮水提质项目"]}}]',4,4,'2021-12-08 04:00:00.000000','2021-12-08 04:00:00.000000',0,NULL,0,0,'5806edca74f0f489d7c5e22df4e1547f4c9228434da363b1494f5748f2239899','78af8ea958fa64d3562c50a89379606363e3b58619b72a36d7d5ab066e4b8858','[]','[]',0,1,3,'省水利厅灾后抢种补种帮扶项目','2026-11-24 12:03:23.099641',4);
CREATE TABLE outbox (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	letter TEXT NOT NULL, 
	dedup_key TEXT NOT NULL, 
	recipients TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	message_id TEXT NOT NULL, 
	content BLOB NOT NULL, 
	unit TEXT, 
	numbers TEXT NOT NULL, 
	mails TEXT NOT NULL, 
	question TEXT, 
	state TEXT NOT NULL, 
	queued DATETIME NOT NULL, 
	due DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	sent DATETIME, 
	error TEXT NOT NULL, 
	CONSTRAINT outbox_key UNIQUE (dedup_key)
);
INSERT INTO "outbox" VALUES(1,'receipt','answer:1-1:1:086eda5ad669','["jgdw@slt.example"]','【受理回执】河南省水利厅 0001 实事项目：省水利厅“清源”农村饮水提质项目（收件1）','<receipt.df62c47fca021eb3585cb30e02a3ada8@126.com>',X'446174653A205475652C203234204E6F7620323032362032303A30333A3230202B303830300D0A46726F6D3A203D3F7574662D383F623F35357942356165553559576135592B793561326D354C6D673570575A36494B7936614B4735612B38356243503537754535597165355957733F3D0D0A203D3F7574662D383F623F3561366B3F3D0D0A203C736A68647A32303231403132362E636F6D3E0D0A546F3A206A67647740736C742E6578616D706C650D0A5265706C792D546F3A20736A68647A32303231403132362E636F6D0D0A5375626A6563743A203D3F7574662D383F623F3434435135592B5835354347355A7565356F6D6E3434435235724B7A3559325835357942357243303559697035593646494441773F3D0D0A203D3F7574662D383F623F4D44456735613665354C714C36614735353575753737796135357942357243303559697035593646346F43633572694635727151346F4364355961633F3D0D0A203D3F7574662D383F623F357032523661577535724330356F2B51364C536F36614735353575753737794935705332354C75324D652B3869513D3D3F3D0D0A4D6573736167652D49443A203C726563656970742E6466363263343766636130323165623335383563623330653032613361646138403132362E636F6D3E0D0A496E2D5265706C792D546F3A203C43413937383131324341314242444341464143323331423340736C742E6578616D706C653E0D0A5265666572656E6365733A203C43413937383131324341314242444341464143323331423340736C742E6578616D706C653E0D0A4175746F2D5375626D69747465643A206175746F2D7265706C6965640D0A582D4175746F2D526573706F6E73652D53757070726573733A20416C6C0D0A582D53686F756C693A207265636569707420616E737765723A312D313A313A3038366564613561643636390D0A4D494D452D56657273696F6E3A20312E300D0A436F6E74656E742D547970653A206D756C7469706172742F6D697865643B0D0A20626F756E646172793D223D5F32353533376630356530666236396335303834383565316666353065666165322E6D220D0A0D0A','S045','["0001"]','[1]',NULL,'sent','2026-11-24 12:03:20.985225','2026-11-24 12:03:20.985225',1,'2026-11-24 12:03:21.399752','');
INSERT INTO "outbox" VALUES(2,'defects','answer:2-2:1:50a34d220524','["jgdw@ylbzj.example"]','【需补正】河南省医疗保障局 0002 实事项目：省医保局“家医有约”基层家庭医生服务项目，1处待补正（收件2）','<defects.3b9d5383ac2c3d3b5fbc2eb3e5691c27@126.com>',X'446174653A205475652C203234204E6F7620323032362032303A30333A3231202B303830300D0A46726F6D3A203D3F7574662D383F623F35357942356165553559576135592B793561326D354C6D673570575A36494B7936614B4735612B38356243503537754535597165355957733F3D0D0A203D3F7574662D383F623F3561366B3F3D0D0A203C736A68647A32303231403132362E636F6D3E0D0A546F3A206A67647740796C627A6A2E6578616D706C650D0A5265706C792D546F3A20736A68647A32303231403132362E636F6D0D0A5375626A6563743A203D3F7574662D383F623F34344351365A7941364B476C3571326A3434435235724B7A35593258353579423559793735356158354C2B64365A7163356247413F3D0D0A203D3F7574662D383F623F494441774D44496735613665354C714C3661473535357575373779613535794235597937354C2B6435624741346F436335613632355979373570794A3F3D0D0A203D3F7574662D383F623F3537716D346F4364355A2B3635624743356136323562717435597937353553663570794E3559716836614735353575753737794D4D65576B68413D3D3F3D0D0A203D3F7574662D383F623F35623646364B476C3571326A3737794935705332354C75324D752B3869513D3D3F3D0D0A4D6573736167652D49443A203C646566656374732E3362396435333833616332633364336235666263326562336535363931633237403132362E636F6D3E0D0A496E2D5265706C792D546F3A203C3245374432433033413935303741453236354543463542352440796C627A6A2E6578616D706C653E0D0A5265666572656E6365733A203C3245374432433033413935303741453236354543463542352440796C627A6A2E6578616D706C653E0D0A4175746F2D5375626D69747465643A206175746F2D7265706C6965640D0A582D4175746F2D526573706F6E73652D53757070726573733A20416C6C0D0A582D53686F756C693A206465666563747320616E737765723A322D323A313A3530613334643232303532340D0A4D494D452D56657273696F6E3A20312E300D0A436F6E74656E742D547970653A206D756C7469706172742F6D697865643B0D0A20626F756E646172793D223D5F66336232343164336339643961346536343565666239373235363832356239632E6D220D0A0D0A','S058','["0002"]','[2]',NULL,'sent','2026-11-24 12:03:21.109275','2026-11-24 12:03:21.109275',1,'2026-11-24 12:03:21.402599','');
INSERT INTO "outbox" VALUES(3,'receipt','answer:3-3:1:643bf38d51e0','["jgdw@ylbzj.example"]','【受理回执】河南省医疗保障局 0002 实事项目：省医保局“家医有约”基层家庭医生服务项目（收件3）','<receipt.6e5d7af850b069a99fd3427737c2a12c@126.com>',X'446174653A205475652C203234204E6F7620323032362032303A30333A3233202B303830300D0A46726F6D3A203D3F7574662D383F623F35357942356165553559576135592B793561326D354C6D673570575A36494B7936614B4735612B38356243503537754535597165355957733F3D0D0A203D3F7574662D383F623F3561366B3F3D0D0A203C736A68647A32303231403132362E636F6D3E0D0A546F3A206A67647740796C627A6A2E6578616D706C650D0A5265706C792D546F3A20736A68647A32303231403132362E636F6D0D0A5375626A6563743A203D3F7574662D383F623F3434435135592B5835354347355A7565356F6D6E3434435235724B7A35593258353579423559793735356158354C2B64365A71633F3D0D0A203D3F7574662D383F623F35624741494441774D44496735613665354C714C3661473535357575373779613535794235597937354C2B6435624741346F436335613632355979373F3D0D0A203D3F7574662D383F623F3570794A3537716D346F4364355A2B3635624743356136323562717435597937353553663570794E35597168366147353535757537377949357053323F3D0D0A203D3F7574662D383F623F354C75324D2B2B3869513D3D3F3D0D0A4D6573736167652D49443A203C726563656970742E3665356437616638353062303639613939666433343237373337633261313263403132362E636F6D3E0D0A496E2D5265706C792D546F3A203C3138414333453733343346303136383930433531304539332440796C627A6A2E6578616D706C653E0D0A5265666572656E6365733A203C3138414333453733343346303136383930433531304539332440796C627A6A2E6578616D706C653E0D0A4175746F2D5375626D69747465643A206175746F2D7265706C6965640D0A582D4175746F2D526573706F6E73652D53757070726573733A20416C6C0D0A582D53686F756C693A207265636569707420616E737765723A332D333A313A3634336266333864353165300D0A4D494D452D56657273696F6E3A20312E300D0A436F6E74656E742D547970653A206D756C7469706172742F6D697865643B0D0A20626F756E646172793D223D5F64333964323263626332356330663735636431623164313462393562343533632E6D220D0A0D0A','S058','["0002"]','[3]',NULL,'sent','2026-11-24 12:03:23.115326','2026-11-24 12:03:23.115326',1,'2026-11-24 12:03:23.303797','');
INSERT INTO "outbox" VALUES(4,'defects','answer:4-4:1:e24431433183','["jgdw@slt.example"]','【需补正】河南省水利厅 0003 实事项目：省水利厅灾后“抢种补种”帮扶项目，1处待补正（收件4）','<defects.5780332daca3627a6322a058267d817c@126.com>',X'446174653A205475652C203234204E6F7620323032362032303A30333A3233202B303830300D0A46726F6D3A203D3F7574662D383F623F35357942356165553559576135592B793561326D354C6D673570575A36494B7936614B4735612B38356243503537754535597165355957733F3D0D0A203D3F7574662D383F623F3561366B3F3D0D0A203C736A68647A32303231403132362E636F6D3E0D0A546F3A206A67647740736C742E6578616D706C650D0A5265706C792D546F3A20736A68647A32303231403132362E636F6D0D0A5375626A6563743A203D3F7574662D383F623F34344351365A7941364B476C3571326A3434435235724B7A3559325835357942357243303559697035593646494441774D444D673F3D0D0A203D3F7574662D383F623F35613665354C714C366147353535757537377961353579423572433035596970355936463534472B355A434F346F4363356F71693536654E364B476C3F3D0D0A203D3F7574662D383F623F3536654E346F436435626975356F6D3236614735353575753737794D4D65576B684F572B68656968706561746F2B2B38694F615574755337746A513D3F3D0D0A203D3F7574662D383F623F3737794A3F3D0D0A4D6573736167652D49443A203C646566656374732E3537383033333264616361333632376136333232613035383236376438313763403132362E636F6D3E0D0A496E2D5265706C792D546F3A203C33453233453831363030333935393441333338393446363540736C742E6578616D706C653E0D0A5265666572656E6365733A203C33453233453831363030333935393441333338393446363540736C742E6578616D706C653E0D0A4175746F2D5375626D69747465643A206175746F2D7265706C6965640D0A582D4175746F2D526573706F6E73652D53757070726573733A20416C6C0D0A582D53686F756C693A206465666563747320616E737765723A342D343A313A6532343433313433333138330D0A4D494D452D56657273696F6E3A20312E300D0A436F6E74656E742D547970653A206D756C7469706172742F616C7465726E61746976653B0D0A20626F756E646172793D223D5F62346563356466356264633865666437643537303439633263386630626132392E61220D0A0D0A','S045','["0003"]','[4]','{"choices":[{"unit":null,"stand":["0001"],"withdraw":["0003"]},{"unit":null,"stand":["0003"],"withdraw":["0001"]}],"most":1}','sent','2026-11-24 12:03:23.262539','2026-11-24 12:03:23.262539',1,'2026-11-24 12:03:23.306589','');
CREATE TABLE recipients (
	letter INTEGER NOT NULL, 
	address TEXT NOT NULL, 
	PRIMARY KEY (letter, address), 
	FOREIGN KEY(letter) REFERENCES outbox (id)
);
INSERT INTO "recipients" VALUES(1,'jgdw@slt.example');
INSERT INTO "recipients" VALUES(2,'jgdw@ylbzj.example');
INSERT INTO "recipients" VALUES(3,'jgdw@ylbzj.example');
INSERT INTO "recipients" VALUES(4,'jgdw@slt.example');
CREATE TABLE schema (
	version INTEGER NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "schema" VALUES(1);
CREATE TABLE shingles (
	shingle BIGINT NOT NULL, 
	text INTEGER NOT NULL, 
	PRIMARY KEY (shingle, text)
)
 WITHOUT ROWID

;
INSERT INTO "shingles" VALUES(7347424,2);
INSERT INTO "shingles" VALUES(7347424,3);
INSERT INTO "shingles" VALUES(8126928,1);
INSERT INTO "shingles" VALUES(8126928,2);
INSERT INTO "shingles" VALUES(12738816,2);
INSERT INTO "shingles" VALUES(70009840,3);
INSERT INTO "shingles" VALUES(80890848,1);
INSERT INTO "shingles" VALUES(80890848,3);
INSERT INTO "shingles" VALUES(127173472,1);
INSERT INTO "shingles" VALUES(143210624,3);
INSERT INTO "shingles" VALUES(155657792,3);
INSERT INTO "shingles" VALUES(155752944,1);
INSERT INTO "shingles" VALUES(155752944,2);
INSERT INTO "shingles" VALUES(155752944,3);
INSERT INTO "shingles" VALUES(271742048,3);
INSERT INTO "shingles" VALUES(283210960,2);
INSERT INTO "shingles" VALUES(318662624,2);
INSERT INTO "shingles" VALUES(323969456,2);
INSERT INTO "shingles" VALUES(340507040,2);
INSERT INTO "shingles" VALUES(349421264,2);
INSERT INTO "shingles" VALUES(358269344,1);
INSERT INTO "shingles" VALUES(368068096,1);
INSERT INTO "shingles" VALUES(386089888,1);
INSERT INTO "shingles" VALUES(386089888,2);
INSERT INTO "shingles" VALUES(386089888,3);
INSERT INTO "shingles" VALUES(422547744,2);
INSERT INTO "shingles" VALUES(452666432,1);
INSERT INTO "shingles" VALUES(452666432,2);
INSERT INTO "shingles" VALUES(452666432,3);
INSERT INTO "shingles" VALUES(455956352,3);
INSERT INTO "shingles" VALUES(473072512,1);
INSERT INTO "shingles" VALUES(473072512,2);
INSERT INTO "shingles" VALUES(473072512,3);
INSERT INTO "shingles" VALUES(535630320,2);
INSERT INTO "shingles" VALUES(552082368,2);
INSERT INTO "shingles" VALUES(567553008,3);
INSERT INTO "shingles" VALUES(608379600,1);
INSERT INTO "shingles" VALUES(627149280,1);
INSERT INTO "shingles" VALUES(641093888,3);
INSERT INTO "shingles" VALUES(657567984,2);
INSERT INTO "shingles" VALUES(659391888,2);
INSERT INTO "shingles" VALUES(670697616,3);
INSERT INTO "shingles" VALUES(674663184,1);
INSERT INTO "shingles" VALUES(674663184,2);
INSERT INTO "shingles" VALUES(682729968,3);
INSERT INTO "shingles" VALUES(696531312,2);
INSERT INTO "shingles" VALUES(698698832,1);
INSERT INTO "shingles" VALUES(699003040,3);
INSERT INTO "shingles" VALUES(721596080,2);
INSERT INTO "shingles" VALUES(752428464,1);
INSERT INTO "shingles" VALUES(753873904,3);
INSERT INTO "shingles" VALUES(770971696,2);
INSERT INTO "shingles" VALUES(814765664,3);
INSERT INTO "shingles" VALUES(838210160,2);
INSERT INTO "shingles" VALUES(845682208,1);
INSERT INTO "shingles" VALUES(849857904,1);
INSERT INTO "shingles" VALUES(868555152,1);
INSERT INTO "shingles" VALUES(894872256,1);
INSERT INTO "shingles" VALUES(999159136,3);
INSERT INTO "shingles" VALUES(1003808448,1);
INSERT INTO "shingles" VALUES(1005149424,1);
INSERT INTO "shingles" VALUES(1006935024,1);
INSERT INTO "shingles" VALUES(1056301168,1);
INSERT INTO "shingles" VALUES(1057269008,1);
INSERT INTO "shingles" VALUES(1120591632,1);
INSERT INTO "shingles" VALUES(1129359248,3);
INSERT INTO "shingles" VALUES(1132056288,3);
INSERT INTO "shingles" VALUES(1141292672,2);
INSERT INTO "shingles" VALUES(1205295344,1);
INSERT INTO "shingles" VALUES(1217059824,1);
INSERT INTO "shingles" VALUES(1279602208,1);
INSERT INTO "shingles" VALUES(1279602208,2);
INSERT INTO "shingles" VALUES(1279602208,3);
INSERT INTO "shingles" VALUES(1282934672,1);
INSERT INTO "shingles" VALUES(1282934672,2);
INSERT INTO "shingles" VALUES(1282934672,3);
INSERT INTO "shingles" VALUES(1308541776,1);
INSERT INTO "shingles" VALUES(1315949696,1);
INSERT INTO "shingles" VALUES(1315949696,2);
INSERT INTO "shingles" VALUES(1315949696,3);
INSERT INTO "shingles" VALUES(1347475264,3);
INSERT INTO "shingles" VALUES(1374311584,1);
INSERT INTO "shingles" VALUES(1438006096,2);
INSERT INTO "shingles" VALUES(1505111840,1);
INSERT INTO "shingles" VALUES(1518663824,1);
INSERT INTO "shingles" VALUES(1548682464,2);
INSERT INTO "shingles" VALUES(1608241968,2);
INSERT INTO "shingles" VALUES(1608241968,3);
INSERT INTO "shingles" VALUES(1616471296,1);
INSERT INTO "shingles" VALUES(1616471296,2);
INSERT INTO "shingles" VALUES(1626174864,3);
INSERT INTO "shingles" VALUES(1725987344,3);
INSERT INTO "shingles" VALUES(1792159008,1);
INSERT INTO "shingles" VALUES(1802102480,3);
INSERT INTO "shingles" VALUES(1809994368,2);
INSERT INTO "shingles" VALUES(1810694768,2);
INSERT INTO "shingles" VALUES(1826032592,1);
INSERT INTO "shingles" VALUES(1857823712,2);
INSERT INTO "shingles" VALUES(1879734048,3);
INSERT INTO "shingles" VALUES(1901746112,2);
INSERT INTO "shingles" VALUES(2004495472,1);
INSERT INTO "shingles" VALUES(2004495472,2);
INSERT INTO "shingles" VALUES(2069096736,1);
INSERT INTO "shingles" VALUES(2070517856,1);
INSERT INTO "shingles" VALUES(2116550656,2);
INSERT INTO "shingles" VALUES(2124154320,1);
INSERT INTO "shingles" VALUES(2174357504,2);
INSERT INTO "shingles" VALUES(2189444496,3);
INSERT INTO "shingles" VALUES(2242963936,2);
INSERT INTO "shingles" VALUES(2273430832,1);
INSERT INTO "shingles" VALUES(2273430832,2);
INSERT INTO "shingles" VALUES(2273430832,3);
INSERT INTO "shingles" VALUES(2325222272,3);
INSERT INTO "shingles" VALUES(2391168704,1);
INSERT INTO "shingles" VALUES(2426374960,1);
INSERT INTO "shingles" VALUES(2461013376,1);
INSERT INTO "shingles" VALUES(2465226880,1);
INSERT INTO "shingles" VALUES(2486093168,1);
INSERT INTO "shingles" VALUES(2486093168,2);
INSERT INTO "shingles" VALUES(2501489824,3);
INSERT INTO "shingles" VALUES(2570087664,1);
INSERT INTO "shingles" VALUES(2574137808,1);
INSERT INTO "shingles" VALUES(2590005920,1);
INSERT INTO "shingles" VALUES(2596491584,1);
INSERT INTO "shingles" VALUES(2596491584,2);
INSERT INTO "shingles" VALUES(2643681008,2);
INSERT INTO "shingles" VALUES(2672554416,1);
INSERT INTO "shingles" VALUES(2696298976,2);
INSERT INTO "shingles" VALUES(2748250832,1);
INSERT INTO "shingles" VALUES(2750496320,2);
INSERT INTO "shingles" VALUES(2793358976,3);
INSERT INTO "shingles" VALUES(2802571760,2);
INSERT INTO "shingles" VALUES(2809774304,1);
INSERT INTO "shingles" VALUES(2917000752,2);
INSERT INTO "shingles" VALUES(2932277280,2);
INSERT INTO "shingles" VALUES(2940542784,1);
INSERT INTO "shingles" VALUES(2952805824,2);
INSERT INTO "shingles" VALUES(2980838496,2);
INSERT INTO "shingles" VALUES(2980838496,3);
INSERT INTO "shingles" VALUES(3019176320,1);
INSERT INTO "shingles" VALUES(3029447024,3);
INSERT INTO "shingles" VALUES(3041486464,1);
INSERT INTO "shingles" VALUES(3041625056,1);
INSERT INTO "shingles" VALUES(3055773728,2);
INSERT INTO "shingles" VALUES(3072459840,3);
INSERT INTO "shingles" VALUES(3077856640,2);
INSERT INTO "shingles" VALUES(3097668240,1);
INSERT INTO "shingles" VALUES(3119738448,2);
INSERT INTO "shingles" VALUES(3148796432,1);
INSERT INTO "shingles" VALUES(3177565872,3);
INSERT INTO "shingles" VALUES(3212591360,2);
INSERT INTO "shingles" VALUES(3212591360,3);
INSERT INTO "shingles" VALUES(3230531264,2);
INSERT INTO "shingles" VALUES(3252792288,2);
INSERT INTO "shingles" VALUES(3252792288,3);
INSERT INTO "shingles" VALUES(3337577152,3);
INSERT INTO "shingles" VALUES(3403197584,1);
INSERT INTO "shingles" VALUES(3409117664,1);
INSERT INTO "shingles" VALUES(3484837696,2);
INSERT INTO "shingles" VALUES(3522569152,1);
INSERT INTO "shingles" VALUES(3571212384,3);
INSERT INTO "shingles" VALUES(3573749840,2);
INSERT INTO "shingles" VALUES(3633859984,3);
INSERT INTO "shingles" VALUES(3640323200,2);
INSERT INTO "shingles" VALUES(3640323200,3);
INSERT INTO "shingles" VALUES(3647054224,1);
INSERT INTO "shingles" VALUES(3661130160,3);
INSERT INTO "shingles" VALUES(3673019616,3);
INSERT INTO "shingles" VALUES(3694248080,2);
INSERT INTO "shingles" VALUES(3703755680,1);
INSERT INTO "shingles" VALUES(3766359264,3);
INSERT INTO "shingles" VALUES(3783917808,1);
INSERT INTO "shingles" VALUES(3783917808,2);
INSERT INTO "shingles" VALUES(3783917808,3);
INSERT INTO "shingles" VALUES(3798637504,1);
INSERT INTO "shingles" VALUES(3803452336,3);
INSERT INTO "shingles" VALUES(3862735040,1);
INSERT INTO "shingles" VALUES(3862735040,2);
INSERT INTO "shingles" VALUES(3862735040,3);
INSERT INTO "shingles" VALUES(3873347216,3);
INSERT INTO "shingles" VALUES(3884666832,3);
INSERT INTO "shingles" VALUES(3920259568,1);
INSERT INTO "shingles" VALUES(3920259568,2);
INSERT INTO "shingles" VALUES(3946074080,1);
INSERT INTO "shingles" VALUES(3964351344,3);
INSERT INTO "shingles" VALUES(4003106560,1);
INSERT INTO "shingles" VALUES(4034122944,3);
INSERT INTO "shingles" VALUES(4043149536,1);
INSERT INTO "shingles" VALUES(4051538656,3);
INSERT INTO "shingles" VALUES(4068497712,2);
INSERT INTO "shingles" VALUES(4075239696,3);
INSERT INTO "shingles" VALUES(4084253312,2);
INSERT INTO "shingles" VALUES(4207753248,1);
INSERT INTO "shingles" VALUES(4207753248,2);
INSERT INTO "shingles" VALUES(4231422592,1);
INSERT INTO "shingles" VALUES(4232224768,1);
INSERT INTO "shingles" VALUES(4232224768,2);
INSERT INTO "shingles" VALUES(4232224768,3);
INSERT INTO "shingles" VALUES(4239817648,3);
INSERT INTO "shingles" VALUES(4292770240,1);
INSERT INTO "shingles" VALUES(4292770240,2);
CREATE TABLE texts (
	id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "texts" VALUES(1,'省水利厅“清源”农村饮水提质项目典型材料
“群众的事再小也是大事。”这是省水利厅“清源”农村饮水提质项目一直挂在嘴边的话，也是省水利厅农村水利处开展“我为群众办实事”实践活动的生动注脚。党史学习教育开展以来，省水利厅农村水利处坚持把学习成果转化为为民服务的实际行动，从群众反映最集中的问题入手，持续推进“我为群众办实事”实践活动。
一、问需于民，办实事先听民声
9个行政村地处浅山区，长期依靠浅井取水，水碱大、水量少。原有供水站设备陈旧，管网漏损率高达31%，用水高峰时常停水。水质化验显示，部分村组硬度超标，村民不愿用来做饭，盼望换上好水。
二、做法与举措
（一）党建引领，凝聚合力。
探索“县级统管、乡镇协管、村级看管”的管护办法，每村选定2名管水员，持证上岗。把工作任务分解为22张清单，明确路线图、时间表和责任人，完成一项、销号一项。对困难家庭减免入户费29万元，入户率达到100%。
注重与有关部门的沟通，先后召开协调会27次，疏通了审批、用地、资金等方面的堵点4个。抢在入冬前完成管道深埋78公里，确保冬天不断水。推行首问负责、限时办结和回访制度，对办结事项随机抽取60%进行回访，发现不满意的推倒重来。
更换主支管网117公里，把水表装到户外，谁家漏水平台先知道。
（二）下沉一线，解决难题。
整合各类资金224万元，重点投向群众需求最迫切、条件最薄弱的17个点位。请来水文专家踏勘水源27处，打成深井12眼，配套净化设备13套。每逢节假日和恶劣天气，值班人员主动上门查看，把联系卡贴在每一户门后。
每季度公布水质检测结果，发到群里，群众有疑问可以当场复检。利用大数据平台比对有关信息6万余条，主动发现应享未享人员211人，变“人找服务”为“服务找人”。
（三）群众参与，共建共享。
针对老年人不会用智能设备的情况，增设人工窗口和电话预约，并安排志愿者全程陪办。成立由主要负责同志任组长的工作专班，下设协调、技术、督导4个小组，每周一调度、半月一通报。开通意见收集热线和线上留言板，先后收到诉求205条，全部登记在册，答复率达到100%。
推行“群众点单、支部派单、党员接单、群众评单”的闭环机制，每周公布办理进度，让群众看得见、评得着。做到开工前听意见、施工中请监督、完工后问满意，聘请9名居民代表担任义务监督员。
三、群众得实惠
有了稳定的水，村里又发展豆腐坊、养殖24家，年轻人返乡的也多了。“这件事办到了我们心坎上。”一位居民在座谈会上这样说。7837名群众喝上了自来水，供水保证率达到99%。
回访中，92%的受访群众表示愿意继续参与监督，前来学习交流的已有22批。管网漏损率降到14%，一年省下83万立方米。
深入学习英模事迹，结合实际开展大讨论，形成“一名党员一面旗”的良好风气。推进到第8个月，资金缺口摆在面前，班子连夜开会，把公用经费压下来，白天干活、晚上谈心，一块石头终于落了地。开展“老党员讲传统、新党员谈体会”活动4场，激励年轻同志在基层一线长本领。
去年冬天的一个傍晚，老邵在电话里只说了一句“又停了”，秦可禾放下碗筷就步行赶了过去，一户一户敲门问情况，忙到夜里十一点才回家，第二天一早又带人彻底换了旧件。对照入党誓词查摆差距，每名党员认领至少3件实事，年底逐项述职。
下一步，省水利厅农村水利处将继续巩固成果、完善机制，把好事办好、实事办实，不断增强群众的获得感、幸福感、安全感。');
INSERT INTO "texts" VALUES(2,'省医保局“家医有约”基层家庭医生服务项目典型材料
年初的一次走访中，省医保局待遇保障处的干部在群众家的小板凳上记下了24条意见，其中排在第一位的，就是后来成为省医保局“家医有约”基层家庭医生服务项目起点的那件事。党史学习教育开展以来，省医保局待遇保障处始终坚持把学习成果转化为为民服务的实际行动，从群众最关心的小事做起，持续推进“我为群众办实事”实践活动。
一、背景与起因
20个村卫生室只有听诊器、血压计、体温计“老三样”，村医年龄偏大，群众信不过。辖区高血压、糖尿病患者7886人，规范管理率偏低，因病返贫的风险不容忽视。偏远村组到县医院单程一个多小时，慢病老人取药难的问题由来已久。
二、做法与举措
（一）健全机制，压实责任。
给村卫生室统一配备心电、血糖检测设备48台，结果实时传到县里。做到开工前听意见、施工中请监督、完工后问满意，邀请6名居民代表担任义务监督员。开通“流动医院”巡诊车2辆，赶集的日子进村，连假牙也能修。
出台服务规范和评价办法，由群众打分，结果与评先评优挂钩。对行动不便的失能老人上门换药、导尿、护理348人次，不收出诊费。针对老年人不会用智能设备的情况，增设人工窗口和电话预约，并安排志愿者全程陪办。
实行县乡药品目录统一，缺药登记三天配齐。
（二）突出重点，精准发力。
组织在职党员到社区报到226人次，认领“微心愿”363个，从陪老人看病到帮孩子补习，件件有回音。选派上级医院医师62名驻乡坐诊，传帮带村医62名。组建由主要负责同志任组长的工作专班，分成协调、技术、督导4个小组，每周一调度、半月一通报。
组建家庭医生团队49个，签约服务8万余人，定期上门测血压、调药量。整合各类资金353万元，重点投向群众需求最迫切、条件最薄弱的17个点位。利用大数据平台筛查有关信息1万余条，主动找出应享未享人员83人，变“人找服务”为“服务找人”。
（三）优化流程，提升质效。
把工作任务细化为11张清单，标明路线图、时间表和责任人，完成一项、销号一项。抽调18名业务骨干下沉一线，在现场办公、在一线解题，累计解决具体问题120个。每逢节假日和恶劣天气，值班人员主动上门查看，把电话号码留给每一户。
设立意见收集热线和线上留言板，先后收到诉求98条，逐条编号建档，答复率达到100%。推行首问负责、限时办结和回访制度，对办结事项抽取35%进行回访，发现不满意的推倒重来。注重与有关部门的沟通，先后召开协调会29次，疏通了审批、用地、资金等方面的堵点10个。
三、实事见实效
基层就诊率提高到64%，住院费用人均下降983元。街坊邻居给霍听犁起了个雅号，叫“跑腿的自家人”，霍听犁听了只是笑笑，说：“群众信得过，比什么都强。”慢病规范管理率达到86%，筛查出早期病例75例。
“以前跑断腿，现在家门口就能办，心里真敞亮。”家住附近的居民老秦逢人便说。门可罗雀的村卫生室又热闹起来，村民说，医生比亲戚来得还勤。“这件事办到了我们心坎上。”一位居民在座谈会上这样说。
在第三方开展的满意度调查中，受访群众525人，满意率达到99.9%。
围绕入党誓词检视差距，每名党员承诺至少2件实事，在公示栏亮出来。七月的那场暴雨里，十几名党员用门板和绳子搭起通道，把55名老人和孩子转移到高处。雨停后，没有一个人先回自己的家，鞋里的泥水倒了一次又一次。组织“老党员讲传统、新党员谈体会”活动10场，激励年轻同志在基层一线长本领。
刚开始推进时，也有人说是一阵风，甚至把上门的人关在门外。省医保局待遇保障处的同志不争辩，只管一件一件地干，三个月后，反对的人成了最热心的义务宣传员。认真学习英模事迹，联系岗位开展大讨论，形成“一名党员一面旗”的共识。
一件件实事，汇成一股股暖流。省医保局“家医有约”基层家庭医生服务项目的探索还在继续，来年的清单已经列到了14项。');
INSERT INTO "texts" VALUES(3,'省水利厅灾后“抢种补种”帮扶项目典型材料
为把“学党史、悟思想、办实事、开新局”落到实处，省水利厅供水服务中心组织党员干部走街入户2765余户，一户一户听取意见，汇总问题清单9类42项。“办一件实事，暖一片人心。”这是省水利厅灾后“抢种补种”帮扶项目写在工作日志扉页上的一句话，也是省水利厅供水服务中心开展“我为群众办实事”实践活动的生动注脚。
一、从群众的呼声中找题目
秋粮受淹10万亩，大棚、鸡舍、机井损毁严重。道路、电力、通信一度中断，老人孩子转移后的吃住成了当务之急。今夏的强降雨造成249个村不同程度受灾，受损农房1811户，群众最忧心的是入冬前能不能住进去。
二、多措并举抓落实
（一）健全机制，压实责任。
抢排农田积水，补种萝卜、白菜5万亩，种子化肥免费领。抽调25名业务骨干下沉一线，与群众同坐一条板凳，累计解决具体问题46个。组织突击队52支，排水、清淤、消杀，鞋子泡烂了几双。
加强与有关部门的沟通，先后召开协调会23次，打通了审批、用地、资金等方面的堵点5个。分级评估受损房屋5318户，修缮、加固、重建分类施策，工匠不够就跨县借。坚持开工前听意见、施工中请监督、完工后问满意，聘请20名居民代表担任义务监督员。
（二）下沉一线，解决难题。
制定服务规范和评价办法，把群众满意不满意作为最终标准，结果与评先评优挂钩。抢修校舍21所，图书、课桌连夜晾晒更换，保证按时开学。把工作任务细化为16张清单，标明路线图、时间表和责任人，完成一项、销号一项。
调运棉衣、棉被、取暖炉8430件套，入冬前送到每一户手里。统筹各类资金980万元，重点投向群众需求最迫切、条件最薄弱的10个点位。设立意见收集热线和线上留言板，先后收到意见建议388条，全部登记在册，答复率达到100%。
（三）群众参与，共建共享。
推行首问负责、限时办结和回访制度，对办结事项随机抽取57%进行回访，发现不满意的推倒重来。借助大数据平台筛查有关信息3万余条，主动发现应享未享人员379人，变“人找服务”为“服务找人”。发动在职党员到社区报到514人次，认领“微心愿”585个，从陪老人看病到帮孩子补习，件件有回音。
成立由主要负责同志任组长的工作专班，分成协调、技术、督导3个小组，坚持例会推进、挂图作战。每到节假日和恶劣天气，值班人员主动上门查看，把联系卡贴在每一户门后。
三、取得的成效
受灾企业复工率达到96%，年底前收成补回六成。走访中，96%的受访群众表示变化看得见、摸得着，有关做法也被兄弟单位前来学习。村民把锦旗挂在了村口的大槐树上，落款是全村的手印。
“没想到反映的问题这么快就解决了。”一位居民在座谈会上这样说。3679户受灾群众在供暖前搬进新居，无一人受冻挨饿。
组织“老党员讲传统、新党员谈体会”活动5场，引导年轻同志到群众中去找答案。一位跑运输的司机抱着试试看的心情打来电话，没想到当天就有人回，视频里验了材料、快递寄来证件，前后不到3天。他在留言里写道：“出门几千里，家里有人管。”对照入党誓词查摆差距，每名党员认领至少5件实事，在公示栏亮出来。
第一次请群众打分时，省水利厅供水服务中心把意见箱放在门口，怎么难听怎么记，收回24条批评。散会后立行立改18条，再开会时，群众自己带来了好点子。坚持以学促干，用好主题党日、“三会一课”等载体，集中学习26次，撰写心得体会147篇。
民之所盼，政之所向。省水利厅供水服务中心将把这份承诺落实到每一天，努力交出一份让群众满意的答卷。');
CREATE INDEX mails_arrival ON mails (received, folder, uid, id);
CREATE INDEX mails_state ON mails (state, received);
CREATE INDEX mails_answer ON mails (answer_state, received);
CREATE INDEX nominations_unit ON nominations (unit, category) WHERE newest IS 1;
CREATE INDEX nominations_ordinal ON nominations (ordinal);
CREATE INDEX nominations_nominee ON nominations (nominee_key) WHERE newest IS 1;
CREATE UNIQUE INDEX nominations_newest ON nominations (ordinal) WHERE newest IS 1;
CREATE INDEX outbox_sent ON outbox (state, sent);
CREATE INDEX outbox_due ON outbox (state, due, id);
CREATE INDEX outbox_message_id ON outbox (message_id);
CREATE INDEX chronicle_subject ON chronicle (subject, id);
CREATE INDEX recipients_address ON recipients (address);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('mails',4);
INSERT INTO "sqlite_sequence" VALUES('chronicle',27);
INSERT INTO "sqlite_sequence" VALUES('outbox',4);
COMMIT;
