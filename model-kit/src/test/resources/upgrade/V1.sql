-- A panel of 100 synthetic persons as version 1 stored it.
INSERT INTO panel (digest, display_name, mapping_yaml, person_years, persons, first_year, last_year, columns, exclusions) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'small.csv', 'name: klips-long
description: "KLIPS long extract, one row per person and year (한국노동패널 장기 추출 자료)"
person:
- pid
time:
- source: year
  offset: 0
- source: wave
  offset: 1997
wage:
  source:
  - p_wage
  unit: 만원
  missing:
  - -1.0
  - 9999.0
  - 99999.0
  - 999999.0
  range:
  - 1.0
  - 20000.0
  only:
  - column: p_jobtype
    in:
    - 1.0
  - column: p_job_status
    in:
    - 1.0
    - 2.0
    - 3.0
  deflator:
    1998: 61.3
    2000: 63.2
    2005: 74.4
    2010: 86.4
    2013: 93.1
    2015: 94.9
    2020: 100.0
    2021: 102.5
    2022: 107.7
    2023: 111.6
    2024: 114.2
  population: all
satisfaction:
  source:
  - p4321
  missing:
  - -1.0
  - 9.0
  scale:
  - 5.0
  - 4.0
  - 3.0
  - 2.0
  - 1.0
  classes:
    3:
    - - 5.0
      - 4.0
    - - 3.0
    - - 2.0
      - 1.0
    5:
    - - 5.0
    - - 4.0
    - - 3.0
    - - 2.0
    - - 1.0
  population: all
populations:
  all: []
  employed:
  - column: job_status
    in:
    - 1.0
    - 2.0
    - 3.0
    - 4.0
    - 5.0
  full-wage:
  - column: wage
    at_least: 100.0
  wage-workers:
  - column: job_status
    in:
    - 1.0
    - 2.0
    - 3.0
columns:
- name: age
  source:
  - p_age
  type: NUMERIC
  role: FEATURE
  missing:
  - -1.0
  - 999.0
  range:
  - 10.0
  - 110.0
  direction: ASCENDING
  unit: years
  required: true
- name: sex
  source:
  - p_sex
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  direction: ASCENDING
  label: 1 male 2 female
- name: education_years
  source:
  - p_edu
  type: NUMERIC
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  recode:
    "1.0": 0.0
    "2.0": 8.0
    "3.0": 12.0
    "4.0": 13.0
    "5.0": 14.0
    "6.0": 16.5
  direction: ASCENDING
  unit: years
- name: industry
  source:
  - p_ind2000
  - p_ind2007
  - p_ind2017
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 999.0
  - 9999.0
  floor_divide: 10.0
  direction: ASCENDING
  label: KSIC division
- name: occupation
  source:
  - p_jobfam2000
  - p_jobfam2007
  - p_jobfam2017
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 999.0
  - 9999.0
  floor_divide: 10.0
  direction: ASCENDING
  label: KSCO sub-major group
- name: weekly_hours
  source:
  - p_hours
  type: NUMERIC
  role: FEATURE
  missing:
  - -1.0
  - 999.0
  range:
  - 1.0
  - 126.0
  direction: ASCENDING
  unit: hours
- name: firm_size
  source:
  - p_firm_size
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 11.0
  - 99.0
  range:
  - 1.0
  - 10.0
  direction: ASCENDING
  label: head count band 1-10
- name: job_status
  source:
  - p_job_status
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  direction: ASCENDING
- name: employment_type
  source:
  - p_employ_type
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  direction: ASCENDING
  label: 1 regular 2 non-regular
- name: job_type
  source:
  - p_jobtype
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  direction: ASCENDING
  label: 1 wage 2 non-wage
- name: tenure_years
  source:
  - p_job_begin
  type: NUMERIC
  role: FEATURE
  missing:
  - -1.0
  - 9999.0
  - 999999.0
  range:
  - 0.0
  - 70.0
  years_since: true
  direction: ASCENDING
  unit: years
- name: marital_status
  source:
  - p_married
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  direction: ASCENDING
  label: 1 single ... 5 widowed
- name: region
  source:
  - p_region
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 99.0
  direction: ASCENDING
- name: religion
  source:
  - p_religion
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  - 99.0
  direction: ASCENDING
- name: economic_status
  source:
  - p_econstat
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  direction: ASCENDING
- name: facet_pay
  source:
  - p4311
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: facet_security
  source:
  - p4312
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: facet_content
  source:
  - p4313
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: facet_environment
  source:
  - p4314
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: facet_hours
  source:
  - p4315
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: facet_development
  source:
  - p4316
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: facet_communication
  source:
  - p4317
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: facet_fairness
  source:
  - p4318
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: facet_welfare
  source:
  - p4319
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: task_satisfaction
  source:
  - p4322
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: life_satisfaction
  source:
  - p6508
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
  facet: true
- name: health
  source:
  - p6101
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: DESCENDING
- name: education_fit
  source:
  - p4401
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: ASCENDING
  label: 3 fits
- name: skill_fit
  source:
  - p4402
  type: ORDINAL
  role: FEATURE
  missing:
  - -1.0
  - 9.0
  range:
  - 1.0
  - 5.0
  direction: ASCENDING
  label: 3 fits
- name: union_member
  source:
  - p2504
  type: CATEGORICAL
  role: FEATURE
  missing:
  - -1.0
  - 3.0
  - 9.0
  direction: ASCENDING
', 1055, 100, 2000, 2023, '[{"name": "wage", "role": "WAGE", "type": "NUMERIC", "unit": "만원", "label": "", "source": "p_wage", "missingCodes": {"-1.0": 7}, "missingCount": 532}, {"name": "satisfaction", "role": "SATISFACTION", "type": "ORDINAL", "unit": "", "label": "", "source": "p4321", "missingCodes": {"-1.0": 1}, "missingCount": 427}, {"name": "age", "role": "FEATURE", "type": "NUMERIC", "unit": "years", "label": "", "source": "p_age", "missingCodes": {}, "missingCount": 0}, {"name": "sex", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "1 male 2 female", "source": "p_sex", "missingCodes": {}, "missingCount": 0}, {"name": "education_years", "role": "FEATURE", "type": "NUMERIC", "unit": "years", "label": "", "source": "p_edu", "missingCodes": {"-1.0": 7}, "missingCount": 7}, {"name": "industry", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "KSIC division", "source": "p_ind2000|p_ind2007|p_ind2017", "missingCodes": {"-1.0": 4}, "missingCount": 427}, {"name": "occupation", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "KSCO sub-major group", "source": "p_jobfam2000|p_jobfam2007|p_jobfam2017", "missingCodes": {"-1.0": 4}, "missingCount": 427}, {"name": "weekly_hours", "role": "FEATURE", "type": "NUMERIC", "unit": "hours", "label": "", "source": "p_hours", "missingCodes": {"-1.0": 4}, "missingCount": 430}, {"name": "firm_size", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "head count band 1-10", "source": "p_firm_size", "missingCodes": {"-1.0": 4, "11.0": 28}, "missingCount": 458}, {"name": "job_status", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "", "source": "p_job_status", "missingCodes": {}, "missingCount": 426}, {"name": "employment_type", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "1 regular 2 non-regular", "source": "p_employ_type", "missingCodes": {"-1.0": 1}, "missingCount": 526}, {"name": "job_type", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "1 wage 2 non-wage", "source": "p_jobtype", "missingCodes": {}, "missingCount": 426}, {"name": "tenure_years", "role": "FEATURE", "type": "NUMERIC", "unit": "years", "label": "", "source": "p_job_begin", "missingCodes": {"-1.0": 6}, "missingCount": 432}, {"name": "marital_status", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "1 single ... 5 widowed", "source": "p_married", "missingCodes": {"-1.0": 1}, "missingCount": 1}, {"name": "region", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "", "source": "p_region", "missingCodes": {}, "missingCount": 0}, {"name": "religion", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "", "source": "p_religion", "missingCodes": {}, "missingCount": 0}, {"name": "economic_status", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "", "source": "p_econstat", "missingCodes": {}, "missingCount": 0}, {"name": "facet_pay", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p4311", "missingCodes": {"-1.0": 6}, "missingCount": 432}, {"name": "facet_security", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p4312", "missingCodes": {"-1.0": 4}, "missingCount": 430}, {"name": "facet_content", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p4313", "missingCodes": {"-1.0": 2}, "missingCount": 428}, {"name": "facet_environment", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p4314", "missingCodes": {"-1.0": 4}, "missingCount": 430}, {"name": "facet_hours", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p4315", "missingCodes": {"-1.0": 3}, "missingCount": 429}, {"name": "facet_development", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p4316", "missingCodes": {"-1.0": 2}, "missingCount": 428}, {"name": "facet_communication", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p4317", "missingCodes": {"-1.0": 6}, "missingCount": 432}, {"name": "facet_fairness", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p4318", "missingCodes": {"-1.0": 6}, "missingCount": 432}, {"name": "facet_welfare", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p4319", "missingCodes": {"-1.0": 8}, "missingCount": 434}, {"name": "task_satisfaction", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p4322", "missingCodes": {"-1.0": 2}, "missingCount": 546}, {"name": "life_satisfaction", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p6508", "missingCodes": {"-1.0": 6}, "missingCount": 6}, {"name": "health", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "", "source": "p6101", "missingCodes": {"-1.0": 2}, "missingCount": 95}, {"name": "education_fit", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "3 fits", "source": "p4401", "missingCodes": {"-1.0": 5}, "missingCount": 431}, {"name": "skill_fit", "role": "FEATURE", "type": "ORDINAL", "unit": "", "label": "3 fits", "source": "p4402", "missingCodes": {"-1.0": 8}, "missingCount": 434}, {"name": "union_member", "role": "FEATURE", "type": "CATEGORICAL", "unit": "", "label": "", "source": "p2504", "missingCodes": {"-1.0": 6}, "missingCount": 531}]', '[{"count": 99, "reason": "wage.not_a_wage_worker", "firstPlace": "synthetic14133762203032156065.csv row 20"}]');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:age', 0, E'\\x7801ed5321484351145d30180c868505c382c160302c180c3a161616160c068361c160302c180c63887c44e43344868888880c1119223244c4685c5c5c5c5c34fade3deffe77efdf140535fdcff8bbffbe73cf3bf7dcf752a9e4491c481c481c481c481c481c481cf88903d3e9cc4c76766e7e21b7b8b45c501f1393537ab558daa86c6e6d5777766b75f3dbdb0f0e0e8f7c71b1545e5d5b67c845abdd796dd2fbaddbeb0f86ef294ba830c47114368e0bbab65627ead094a1cae9328ccc45dab077e3b8797a767e717975dda226c065801ead5b311afbf1ce58ba5573427c563fef26eaa97bb41e36148bf10f5b4726112c22b4026f6eefdaf70f8f9da7e717f69c6acad653667502082fa7234cda0fd818aa0b9b70baebe553b5d257286e57c5ac2d5b464d0f02caabeb150c0cdd63e028840f66eaa6297b5e8a25c8c0d4818109f00ec70ad3870fe044af763f54c2681c1e697b486dd9772de8f69a63c661262ea7141de0203447cfaf8813184148e2e8024f9de7ef49e8cc690d0c261b02c8a502d105130d8651547350f78f3cdd95d76ecfd4b73b2d62e65b03cd0b39b983bb50e98c1318ef4428c0d8b22397311deb6d261bbfb0f9bf7a56469e9fef64296495a794d9f1b1c76a0ea015ed5882afebc796fc6b52751089fd2509119f09bea6fc6c190ca8a5d8d1c8bc679659c4f69dcffb5846be8e225e52694ed23f13298424970baa527c388ccbe82fb824c02294fb88f47743292d4615d760293ddc6fc0399f611c6718a13730d90fc9a8f408');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:economic_status', 0, E'\\x7801ed505196032108ebcda647f3e84b2441d0b1d3edb7bc562084c0f07a1d3b17381738173817381738173817f8cf05da2f66035ae3948ffdcec99482980c941afe77c61174770c6089552956702002d685577a1493201634f6d200d4ec56a0f5d2e3537b29b5eb324de793d098d27bd5dea9df7b1e5f890ea2e40df1a2f91edb1308623323745f1e7509f4bcbea8659ec504365d82bff075d2c8f019f6830d9051c0288a255ae4ceba7b2113ea8360180de56e1c38bba8de2ce7da7347e46b07c5928bf1099bc2ae175aad5dbfd8fbfdbe2e7b601ffb574a41acbb0bec449cac77374975f395124004accfc4d296e4d087d4b7cc2c92323462161fdce023e2eabb9ed84083f5a9eefd83b86dd2a833b699440741f2d8ac9b6fa83980829ce30c161c1db381ec98b7594c40325387e02ffcd419290ecdd5035390b6308e3e90d5c8f7c3c10cf5419310be8da8264e3eaa3cc3529e8094ae1d630145315ec0eabb62685dd71fe4953fea');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:education_fit', 0, E'\\x7801ed9061b62a310883d9d96367b2b42eed7d81d2e9543d9efb7f504b0821d49a3df1bcc0f302cf0b3c2ff0bcc0f302cf0bfce50522dc8757d8ccee61e0e03bdc4106cee459fa18f01c0a5a78d04dbd728619295231c0aaf4f3627c98e44cf3b5a82a1060a530d3cf4abc4e4814790af944ab3f46c875d2b90b15140a9111a6e456e5d426856dd0d13ce22d5c9843f7c9362a422c91b836ca5ae3a46cfd3c72962b65f621ffefa3a1ff469033d06b1903229d3f44c97db2791d34334c671e020acb73a23920279e88c3c7ea5b35b5497ba469264a44e99be1228b8f5c6535733f99f26272c6c0f30f3203d59b4aa36e07ed081586c80494f409f0a0bb660e1023f81a2a3f3ab2170f1df218f212aa88e19466c901d1d62710595894529319d4334603ac04199b9e679a42c9ce966afbc896f2ddd3b857681b9107d3098c4eb6e043dd8a20599aadedd57855fa747e6ebd5ef01c8a4f53cdfd4bc54d3299e2984e839ba287c9255ee7d6d9e1ea9f97a151ba05e658f3bbcbc29b9de654d62d970230453b75e1d9fc912ebdd075d38f63eb06bdb89fac72fda179dbcde0bee36bd5a697a0ed75b38cba61ef11b5c43bdec91baf8933242eaec6c093689b63a2e91f59573b2657a9879e575f5c83b2a5d27cabda69d5df97cb67b95fb2b94ea60d7be391e7cc7a86b7f6416ca5ccef715da0d15adfc47b4e8be5e5fe1fef574dfe');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:education_years', 0, E'\\x7801ed524b16c32008e468f6063d426f928d07f36805090aa84d9a974516f05ecb6f18710c405828100a8402a14028100a8402ff28908c9949d359267961950aa75c7bcee3409216b30fc07c1841025400e4782f8c5815d28585f3cfc268b8991995ad8d2fb9815d60665d6f4c8b2fc9295c1732b7b48076ffebdac8d08f603a964fa8c9338faef081639d2b76399a633c33ec5b35a7ab1c03ba9c01a700724ef3f7644af74f93ca5cb7a6b53d36641df972150b85d2669f8a6a838ad5aa7da445a84ba293e5412a59e5c622278aa087156f374059d8884f9b871170acb90a52155d7a3dd9b653cba1d61bfec84ee10f40e70e3d2069edbbd81ccf3d576d5b46705501f72e57691e34676ef40527524f14');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:employment_type', 0, E'\\x7801ed525b8ec43008cbcd929bb547ebd1d6c64048aa995ded77188987710c45d3dab17381738173817381738173817381ff5de086b576df8f1bebc5880b40d21a4bd9c20a015be2dd8f375468701e4379959a6465a659277f2090072574a567099ce38db831d4ae7e57bff18c5639c80d932045cd9ce2ad5f4399845d1e487c79829ecd088e450e14ac2eb67c36f39d62b5a504b509f0479a609021b5199f4c8ee8c94629a61075e585d35734f2898b073c896f2d7473a4f8df7cccd86333e0a6d2de9a35841ffc640e67edb08236724f2664ad2aac27f3f882e69a7b00918f7738ea3c4e0025be7b3935139eb7185e739a59c0a6985aad8db40e1ba3f7cb8df562c4052019c3690926570dd3559a1d2442e84180f318ca955ac97ae6bb4e8d3dcb8fe1877474a567091cdb4030549faaeee2eb77e1c5d5e9600b29372bf34c992ca3ffc1954978ab737c7ca63b619c332cda345b419f36b74d9d75ed6b2941e23560216a5a13b1cc9b41224574232f6716e26216a4405fd1c8272e1ef024beb5d0cd91e27ff331638f5abe53696fcd1ac2177e3287b37658411bb92713b25615d695797cc1a7d120f2f15c64cdf2382b6cd5bb975333e1798be19d2f9effddbe6a8df103a0c7c4fb');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:facet_communication', 0, E'\\x7801ed93db81eb300844e92c74164a49292a6dcf0092657b1ff7fe9b7500cd0c0893acd963cf069e0d3c1b7836f06ce0d9c0b381ffda80872f0b338e1f37e7c185982021e34f89c98d314c4ed652e0701589970fc5540ce54074b746823c2cc6e0418782b3eb83b202998f934198d06c66b408d2588348ab7b41784401e810ae44184522382b065401f870535f0cf166ae3ce81c455b2985620cab1206a33d0aa7e5b54329ef1e2d179a02cfc810775921a68d2399021f5401d810ea4c82e5a063375d4091484d66fae441ab341121a84be84047f131f2cdc82d8a34387d7b907819899a40e46c680392763203c4385b2451e7b3d75d855090dd475802d464a76297ef17108b199fc073254364747ebc5c09b36a2e890d38bd65dc258c004141a0313c7de2c3b9cc3110b020f9644a1f6a2cb431972c480c4aff46c8c8733b4474ea3cef90f86ae8656354af1b6d57e438c79176665cce7511390e01893928c385123326441289e0adaf0def1610ff6aaf4df87ebfdd71b20dbea777c909a13a1bfcd4a4c4d39fdb330f8f6cf2444e0d36a1908a4a9afd75eaad9d3aea5853768b0c2ddaa1236ff28f70e8956974851f6c4dd0bcbfe7cb775915bf2ee5494eb76d66421d67d339c51a477c9105d5e226725477b6858be6db17937cd7913730472d76f9adff35a572ffeabfbd4f7df48ad262abed4c162c72aa0e59d1f273bc03c9a6d97fd54db27696a795ce1b2fb14bd61a6ef405d88eaf2daf74de5ff1c5ccebfa33b59fb274adc6fd0b30515010');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:facet_content', 0, E'\\x7801ed91db15e3300844e92c74164a71292a6def805064273ebbfb6fe22098191e96cd1e7b6ee0b981e7069e1b786ee0b981e706fee7063c5c0f16799abb551460e6663e2008f8d51136c670c7c9504d4665a6541d3c0e6a53318cc8cc23708d84a11bc3c6888841ac9c2a3415394189dbab7d48c8cf72043d29699e53a52991cc01b24241a085d1c3bc7138960bd10b90bf7eb30a7d9b2b887a4d684cee108aa9193501aa430d6992d45f1de31023cf73a89336fb6ddeb326ed43750ce5349591e26dd27db06b188a1ac221333e0ddef4c80e9f720903186c706a3d8614c9c7a055de7014026588050e2a88912b60131788456191a282362f61a5540d86d2de128050a7c8e4e3b48e89816370e040526c40e210f064af4fdd163147a3d0f98656e8d49a60e8818ab51595396809980dae27832332a6a384b425658732e318ca08d43a149452ea8bd1517c76b9504ae7e5fc60e0fc0a672bf36049dd544e255328934772e45b1228d7686cbd736149e05e1de4b9b2f70956f27e83e1645fe40e7c4b4e08d5d9e0ae4989dbef8d73d95721cd739e250b58c1e4afc253d9d64e754a6bcb5d35454073891fe4d4dc1d7b05b759e9adb857eec1fdaa75163bb7dd7a9c6774f6b572376dc15a47af57a420c5923432e5a49fc28e4af39954f9d94b5b88828c2770eeb2aa1afe8773d55c829c433d9b5d987c8b82e1f9e673ca94adfc7eb894aabcd8075817f535ba8035f1c772d5fba630e75eb87d8b17c9fc7a0aef2d7bf86bb672ff033a974613');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:facet_development', 0, E'\\x7801ed93519ac2300884b999dc4c8ed2a3e468fb0f906c5a5dbff5bdd812188609896a76db7d03f70ddc3770dfc07d03f70ddc37f0cd0db899a7859b87628b84d2119a857ba8aa522d638c309c2ccc93aa0a4c16e964934732a0605d28042524898dc77d64a7fa493cb9a253dc4d124843a0ddb4a241b2711c0b20f9dc5dc1210654c13482280da2e338c0e098a96a2c6e903733c538ba4c2d8e63118a057cbd7cd211a77c553ffb10994e093212731e9aecbd5160e7c359d362d0694e0322072852918356bdbd093ee4a0b28fb3a88f7d052a39d06d36985015076f14bb8a7c19a6bb81ed8550868d2a695e9df8bc868929236899cacf3ed6d6d544b51bd1e1637ee64b4e1bb8348915a5e764843c6a93995d3a57ea83c355e3c2665062640443576086565741d22cf79a23689e32d862b2b3d1ce9b1610072709ca22f48462be31b5f140e37db5dae11517a26fff6c2e339e21a781ebf75a312918a613e809238182592d1215f6b53d9f4f779cec5df3a3c1473236caa3bbaaaeee14d81827b96a9f3e4b2d5d4bf95997dcc916b0822e5f89d7ae5d51714de9de9b436fc6a971255bfb8770d133e8d1ffe2cf09d6c6f3a8b5d68172d093c2798f6bb68ed33d554f74ca03559135637126a21823ad60f717ce9cbbe0f6ddbcfa33c8da546ae25c26fc8f75b65c571da3c7bd967e61f4f9ce7b97a6ad7cfb155ce61073a9ffd6a6906eeaac799d6055457db5f768f15e6b6b80de54ffbd85fd15a4d8d272ff0101cc4477');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:facet_environment', 0, E'\\x7801ed92db75c4300844e96ce9cc94b2a5a8b4dc01a123dbd93cfe4dbc3c866184e5983df6dcc07303cf0d3c37f0dcc07303cf0dfceb063cdcf959c8dc8dcacd148327a6f7512d609e312871b2f0e233436afc84a4992763083510bc35624135060f470c0f2865e8c84c4b14b9bdd084a5145951ae4544a38c77640f0710fe86ab0eb5318e050dc0b7d4a8e464c613719263cef80d67401b4211832014f332d43229efd9fad50526a994f48106f5a7291a102c6212e09b667df0d318cee0cc76073130e63242d5543ebc50e73d951b147798e934547d6ab9a03c67d2a5689ee08066da03979076915961f82c2f0e812888398c7c1e47c1e966d55d5e47e804a2e1431f91a5a9752a23644124ac994b12835df2ddecd2c96d5101d63c7f815abf896a9772e429246a62062f2a95205fc8a802432b0dc00ca1b0315cbda5a981dd427c33547c873b57e793e9db9ccdd2523155cda58b46be81b14f1aeb60ed52c261a659c2ea7fb057e347278ac7418993ed38f91a48fc4e39214ca7c055a4358bdcbed13c653ba7fbc46cad1d0a005bc994b86d3df15c7f93d39ccada72914a311b8d6debac9b11e107ebd18af30a3ef1d70693e0933f63bdd071bc2ef3e7334ed5be718bd6e753a7e59596097af53982961ab946ce26c6c6699582a7d744a5359b0309b4d6247668f80fb147ae51af71d47fc8b5a517441958be59bdb90665a29c0c7c6212d424369124265059a7b7a30b489236c82d6ea4efd11ebdd2a7d816ea7bac8ff53a6d59bc1459e7b87f0166065329');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:facet_fairness', 0, E'\\x7801ed93d171c4300844e9cc747694e2525c5ade82906c5f6e2ef937e3085896052989d963cf0b3c2ff0bcc0f302cf0b3c2ff0bcc07f5ec03dcc65e691de2d1499559628c801212da81dc7113a64061fb2aa48281043193e194756c08caf91882cc3800883cc903222584e95b0c87d525149341d906972ba97a94c0db5087370220002d8448e064d4a7190e4406c574a5e64f86daec0f89085d73f423190ec329cd1bea748d5be9d21b13d8ca1b4221571bff1923066519e0483af898ea79017e5847631759843c3f250a69091320de71b3d9110b5dd8f6a43dcab08897d9943772130ccb53b29279ffa4d08f0e0801c39aef2ebc96c2f24684f21e8b254422b9375208c20b633252c43f6074680d9003b3f125b4dd74837ab8dfc5a2033a66767064a3570d0d4486a12af206386c1d2514c5e47a410b8a7e3e10250a68ba96843f3eeb2c67eb5c5bd8ac61b3481fead4c8051869e856b8b83c80e1432e324076115760be53a341a9b7320fcd15ecddb085e2f520e59e3bffa45519bac91cce94e0144ba3ea24a8bdce7e23439fdd6757ccde873023318953bb11bd29fe4d4a7b4b63cb306e90cad7814bfb8c5573456ffd43337e8c17dd5f275a1b1ed49e33ae363d6a28bd0f2da2c6dd3865bcf1134c9e7f80c0ebc3754cfd5442e64cb3ee201b4cc95bf4676fdb3bf75ce54d778d55fd2c43a40ad16c8a0a78daa4a5f4ccc94b8f2d458cdf3d17ae2cd8fbef90c6fe51b704a1971b321b6e57f54ce9fe3dff76b2435a696fb0f821e4a8e');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:facet_hours', 0, E'\\x7801ed92ed99e3300884e9cc74164a71292aedde41203b8eb37b77bfcdc6e2638601e959b3c79e17785ee07981e7059e17785ee079817f7a01770b770f378b30228c8ae18208b7f3c920a8e461630cd721138581d4f30cbc625884c918a9a41a8caaa094300ca6c190a9040531db09ba7db68c61812a75e0fce4648de3e9c99f843c284873b74474bd702ad28585ed4136c3cc3960bc9929730d4f6692c328a491f62fe8d586e405fee210a48705e563c85d871f0a3186684bdb8606397d3a9d1513b2a3232356ca0d4131e38bf25a945c2b1bed930de67ad170ad03c0198d0df83987531670c577624e9b6c1a540e8a18f85096a4593a9da03ed36c31e22a204257a393233450caa5e4991d0cb39de11a3a6b595fff9dabb503ed330c72789796b734529487334dfa5130b9058d9a6339443e14061f8089c9ceb90cad6006255f000605c18a5ccc1b9b7c1bc3fc061ddf6f75d7c14e2c10b8e08c50b76aa63c705ac9759ac3e287e5d87212fd2f7bbd5eee1cb21f053e296f15ba53a044b6abd624f779453b6f1cdfa5a9b40a2b606b510e62379cfc494e7d4a3f1b8a746a3b8505fee24e0d84b5fab79eb5410feeab4e9f1702ca6d4f1aef33be662d7a105a5e9ba5cd0d73ceaa141dfc68ac68ebae9f2e26eee2f9a6b80aad37d17576f92ffceab904daa7d6bd207d0bcadaab59b5e191bf0ddfce990497fa01d4388976f8317a16aa27556e2812f8669fd814d3829bfe08d6f89a73e3527e69b9ff0178df4417');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:facet_pay', 0, E'\\x7801ed935b92eb300844d999d959588a97a2a5ddd32064d995d4d4fd37138957372032317be5ddc0bb817703ef06de0dbc1b7837f03f1bf0304722952ece085cf318ee04ea849170a29231465ee8e116c9060f52a870b29488c610a7aca968883286724183617cd0d0e03a61a0d9055ff95d94229927ab53107f47a90c74d5e140a62f7819b2f427ad38e420854f402e1cc312781393cd0535d92a0c4a5124c0e355258c94c8d49f57b64cfaa0ff383dfcf45f2c120c884c808fec69686d5befcb7ba65b59ce56efaa479ee04233734c4aee84975311e54b2ae946c7d0e27ae12ae05a06003a981c8aa161829430240e1f4ff7712951a1e41bf60c9021a77e37a1773812521680c2cd1441c9082c0e891b6f73d8560ca030b7689970a981ad24bf024014ab1cbeeae6fb5c56980d5721bce0600819c285a29131661d954f00b13030df65d6d33ebf017ebf4a233f19160ca131117a736b3a8272331476e2828938194a5616a99760cec195d9e433edd65baacccf8714974491e38158c40b3211c72d023b0b2cfcbdce0417a53a35e038e8a983741edde9d22bb08c997f026fb4ad9c78726bca46a9eb0475e8ae67f20f757134f61cfd17674dd08dfba9687dd29dd36e35ae1ebb75ec8eec2e7ac5b35eb995549be3e83e8a55965acbbee80e527245cabfdfca56a47049c840f3eef8ad5c037eea0773b9b9add56e85d3a87f644cf27ce7b3f6c42cff6ad9888e0829e6e3f770c1d64266cda75a1d7b2f77c0f768617ae317a3a6387a38f46abfc51e66d2571ff77f94e04bcb');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:facet_security', 0, E'\\x7801ed9261d6eb200844d959d859594a97e2d2be3ba0c698b6efbcff210dc230036a63f6d87303cf0d3c37f0dcc07303cf0d3c37f03f37e0eec62b67deacd602c2c32d11828220997bb4d6dc71b220e705d6cf2402514c988ca61240983122cddfd120d2861fab275dacd0042d9ef5a29717871a25752232106ce1d0d5de52f2aa7dcb480c612121250af2963f4551b880107931571c086c3c010d204d62f5cd5df538e7f6faaf05959448c3d010c677a9d709b4f5346f5dd9d06a3bc6d9e064f1746e2adbf0a9c109e2188628b32ec8024efb08b79e56d1a2d14673c6e16902831742ae1c2412821880588e513fcf7473b47a17e466742266b22ca489cb5f2bd851f0c8232893d032c3a13236c12bfa27f3c61c68106f65ed3677e1789e1ad169d6721eca64d14075f8ecc6e8c6222627b72c440e21142022249d80c5093e5a8451a4fa6173088cca37bbf7a4114331d78b43ed6f326241009c84385a7004e81e50b0d94bd862af25fe15be5e3071b28d77f8b12077ca4424449d0df626a34391870755efb57f12479df5b87402a84e33a8b486f6f8b62ceda4537a1774d24d9c402ffe63b96acf9d7e94cd1d8cc1e3a0b5d641fb6e9706d71997ec58b2d1f484467b902ab2662cca401463a415ac7ee3744da1c377f1d46790c5d16930fb3ae0df6b9e6c53ce54c778d53734b111d4b745467ffef33ea557677efdc297ad1c624ab9d909cc8bea3df7654ecc4bddabeafdd5eeb56d17a473fc569a1b3c6ac0ece5fe07f21f4373');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:facet_welfare', 0, E'\\x7801ed92db95e3400844c9cc9d9908c5a17468730b68dc92353b67ffc591785601c2367be4b9c07381e702cf059e0b3c17782ef03f17183edc065acfc0e3b5f08915e2db986e36714c19dc490225a99c3b2c554197c10fc47c0f73024ad332a3aeee94f5005310742302a71e0efc24e455728ace5419a576949210e926286c14310e509c7c89fd0d8a0851cee8454f5c137893211f453b9513db33232122f4891e889b287f8b4f7513412a03fb8d46412870299ae6a24e14b3315a6a64b57535b73758110cc1d1fd20485c4fe1095531a34fe495a8e2f0195f467e6528028f5b84e3d44c754dca9611ba8e9df159e7e6ca418186534046c5a3da26f4d5ba9a2b6b44d837aecba11f8672f6da881f774ce3e39c8f1c9f6479f4e58308e8316d3a06a9a2417442639085c627080e83df26e684efe6dc815768ec44eb512b695e216f84c66269819beab4db6c22bf198cd1a631cfb4016c753716b0b08a102776f4a410cdf47f0a89b2d4abbd5be720abb7e43808509295c3be363fdd2be4285601614783bd49f7a05bd297aeca3625dd55c736399c482877ad5c8127dad64e3c85b9e58e2ad029d54115ff30fb41fbbabf717a8335787d6adafca0da76ebd12bfddb594d178a0f5eeefa11c6ebe0f75d73446844f8af0ed3c9962b29e6b7a8bae3f02bb17817ce4adfdbd30a176687fa321e49e796d36915176ac13a4ed459e768f589ee0a332518b9923eda9a78b11bec5289f066e5867dd73e0ba8ada21e5f732e467b9ee78cf103b091526d');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:firm_size', 0, E'\\x7801ed52cba1ad30084c0996f03a89a732538aa5a4144bb9f381f85fbcbdb32008c34088a57cf836f06de0dbc0b7816f03df06be0dfcf706da034a7908ceabd07b6f0d8640b3e90cb757b529db018ecc40eb0d3212a0e9ffee30396d6beebe66e07e4233e1a4bfe0a39fa1ce08b4869e1ef568c7bd427ce5d9583fcf322a6290d835918e5b5e15ccbcdb319144380aae77a739d2dc8b9304380f81ea3870cae567602de5b0fbad3554c53d8eed93ae45709cd269bd6e27b12c44d40e9610f934336b300212bd88121c8ee0efb3dde3eac4245b08568f8f3cd8006375d24da0f550e82c24f7e504bbf47922f5c618029047323615b44d5dd959fdb9c779db3c8ba2aae918c732b6a2f39e42ef6276aabf605ed7f925d5e3c51fd3f7dcbea0f4a2bd66c0e098b07bca7cea78a6f15ad3a46b56825e9e8abe9b65596a8521c0fa3d8152550c5206f6485d909e2540b33c88989cd6230e2539d4ce3c4e68269c301b19df0d49442afbd263f50539738a4a9d0580e9b4998d66278dab4272afe7a1083231ca9594df3527c840f0790fe4f81e3cc7600c01789a431b3cafbeb276ecc464b7f03f203d973ae9db671f69a732fb089aa1f2230749cabeb16c950afe16cf2105b2ced96123ac76fbef728cd2577ad45c1c6c08849fd775cd4909418ad8da232f5e9f1435a0039c7c156975d5d90b459aaca1e003428eb487ec4bd4cc7bc5bea0f4a2bd475bf8d09e154e8e2bb1a1f5fbfd019f21cfe0');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:health', 0, E'\\x7801ed91c181e3300c03d959d85958ca9692d26e069493ecddebfea6631104414891abeeb86fe0be81fb06ee1bb86fe0be81fb06fee7065eafd7148f4b35559b6b7a8602a71705840f85ea0637a801a18ada91ca23593d4a55613d107441af3088a94230c84e836e769b1908c84c380ee075784a193ae1599b9c33ff40eea9d81b7f58a36255b468bba7cd74ec8147055d762055d3a3420a80b4c1282bf3b423107e0a4804938ed81699053c353a166d1ad2a409088f0ac99e9641622243ff03ce7491e551123d28343d77633d7414236aa46016ab4987417081ade382be249a003a0f9004f083c86f96da41f4b862655f39eb088b1f24b1631341f0a12218c58cf0436f01d3a59aa053a07da8124ae40b62f8d726114b1013254934ec941dde06834a2296962d03a15d0b69936d814814d6bb40001d1210652b85251821d9c275735b5112ed3b2c6955f8c05e56995bb2a64741e695283eaf28cb24c02f091e57a259c7d7d4d4bc034bed0ac5920a22b2d003ddd5e17a908af90a82a8e146aeeaf97c3e9ac7a59b2a398c05542f03dc7e4094bf29e7bf22c6f1c37be3f1787ee6bea4c7776597d8fe9ee0f0d8e8e95975dcd59c63aedd6700d638bb447f706cb7b7ce6f5ef09e01d8cebbfbadeef0bf8a3dcb7b747bd7f0bff47b3620378fe8f91efb06e17f9dd3c378cc0c802df7dd6ff83d9d9b4a5be1be6a37e27415bfb3527f9758a3986de323fe480ea7e0129de993aea1bf4ae9bdc015e8f83ed91b6af9c827098ac7317a9eac4b26b37f4e1bab350cb97bb9e1b597785b3b70f510e8965270d92d6b956e46d3bb342aaf031db3b4d662e1faae399ab4dc50e006be7cdef86cb9a68fe79ee7f83ab1f24d5a855af09e4cb92d8567e8b054899377cfd848ff01315f43ba');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:industry', 0, E'\\x7801ed53b971c3400c64a87218a8012966c00258043bd08c2a70c4d83163158072548677b1b897f28c9d73c7bec3e1591cf6a86138712a702a702a702a702a702a702af01f05de84177c01e3f87a7107ccb49775dbb6757698d9be6321105f5ac8ff046699c77504dcbb99adeb6a602d7d8ad5162e0b52896ebe2a4b719f099408ec0e37407b019032994defeb675c2e155d329f66cec985578fcb637835d40a7d088cf327802bb1627aea384db8d96740ad6f478407e6bf00cac78e9c136375d55fd72b48336cf6ec58c0b0f2959e18af02d5bd389f665668180c34c697a2ae80f4934def3ce30af812c42ebf3e0ccaae73bbb2933cb80a003bc8f79db114cd55a29610659261a01009a222d7473c6ddb6c1faa372c69a2c099928cf1eda4ef7c8ddf837f50fbeeedf545713c079930058589ac9dfed2c0cca73acc953240fa9e26147cce7085526eb71f2b2453bd1a66af80f70cb1d21cd16059827c1c6fc43d81a67b1a6f8ae6fdf178dcef5888ba5c0922703ba764d2c6031a32ddf99f332a43c96915fb714d71ec0a3a03ccecc8069c08b26999b927ace860de784441752b9a91142c0a06510e46ce6f1b59544896d0f1d7e4345b24b8646c280a45fda20d4337657b6473dd396a741b77b9923a2ba8474a7de8532972b29d3d72367e56f460be7caa841d0e9d5334d72537775d8e6bedcd76aee90c0a873fd675913411dc60c1c30757a4e5b3dc2400723f1acc046de3a35ba958538b983a98cb86643266194ac42d75e89c713cc6fa6b88f7e86d3c6d9fdbed077a24d3e0');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:job_status', 0, E'\\x7801ed52d995c430087367a1b3a41497e2d25642c0d8ce1c6fff43269843084ca6b5479e0d3c1b7836f06ce0d9c0b3816703ffda805933bcad5d10695a5f658cd10c8af20948cae6880552918ea663187e807d20113835c76b40b70d9d799ce08cc7004240d0303a6a1b228d71a375170e35cb45076a43320a31324a8aaf5f9efaa9a67ba07680053d3e5599df0d970b40cb813402be07c4070d808e6deacded5753246a0cbbc32894d1216e5dc93418e6869b22ece868b842c207836c616453cb5ff52b2e1cb201ecddc9db8a1f084204fea1b7ca726d5c1d5d0cb3562c0d51c28331f048225b7e8475701e72f94124b643a74da851b6ff6190b6e0dc0f00598c01fa9ea2ff7e8b42de73d5b50c32acc26e3e7f869dacb8f03d4b0e88195f17baab30acc8799e6650940a16d8cba504a90c0c4502826a277843e23502a79e781733f338a7b87aa93532f3bdd054575576d175af603d787ac1028becd42f7773ec0c01bd1d6b6d8c7e4365a3bc5bf928e744aa5316d7daeae37be5e8abcb019449521fc9434e3b27d529fbb0c0c124802da422d244649c597737f58aabde0b1c934c5b41b514fe9bde2acb35cc7dda41a68aa5217a78203ef148225b7e8475a824349164a74ca8b3ec5cdabdb59a00c85a6789b6f3f17e8b593a236957d732b6185ba524c649aa8fd91f1a82a29e');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:job_type', 0, E'\\x7801ed5159b2032108f466e666e3d13cdaeb8606b7a492f72fa912ec054652ca8dbb81bb81bb81bb81bb81bb81bb81ff6ca01d21f78137128ef6de5bc3c148300dd449e9926450382201dab053eba19f9529760b2789a67b8ae09125504ac00a3882de85815b9edad1c76b390c44118b5197528cfa7ab4966f8093ad70ffe46a314b825c197d705bc2293a522139a28c1215c6e92ef9c47690629dc40c20318758aae71a2064082a264db3eb76b08343de0bb5807576da5cf6d3999eade0337ab1161bd3c1300083eef879489677c16f1295746e3100d216eab9a764637fab40cb5941dd4e4ecda694e31dc35b27d24beb96bd5aab47bc3c0ebc1277f4799e5a7130124cc3e4774932281c512bb461a7faa689795c1c674cb70ff12176068f6cae3c12b002da607661e096a776f4f1fa3a0c44118b519717d4bf441def8093adf0859f8c356649902ba30f6e4b384547ca179baaaed7b110c95d6427ff91f16783c70cfb3cb22e379dae59a3a0331e32708d5892ccc05c678529d6d9691aedbe56e9d90a3ee3f1976d0cfee6f87274c72a3543b2bc7f1e4d259d5b0c80b4c531da8164637fab2e36bfa261dd51359b528e770caf9d482fad49cea9f50f9299b732');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:life_satisfaction', 0, E'\\x7801ed905176c2300c0475337cb3ea681cad33929b100801fafafa15054bbbab956d1c71c6f902e70b9c2f70bec0f902e70b9c2ff0d10b8c118308b36ba470d284cb660b36b20cf1a335c07013753e86b0694a2a8010a1c092c4ea1f3858662bcda4e0bc89a66a2bc225ad4872c232aa3f2800133a62585980c0958549d6484a5c21612094092bd0d58031280639e96aab10aac22c9094c96b21f0d34eb438316d3caa19573b434214b32e0a78690ae9242b74cb009d282ad20516468b2532cb86536ff004dd9a42d1ea21f3306997ff8f5e8e41bda2ab8acd339522a5cdd711b3aa754495480abb24dfcf0663d9c1791cb4907006c54fbad49ef41fd8ef4e830171f1012c9545452c4425f617cf4e3b46f7ca259e3ca71cc4f023845514c42935245c5111548b668a79568ddd3307bc47754359445646aa012d44b6910dd9cb4fa542020e7e6cc830d01daa49caee559e9a3ee0bcc014ffbd5cfef6c4fbede4f7dafb277ebdb66e373f18d81a7be3037bdd7bdbdfb2fdabed9db2ef7c542f1f0defbab9e2479b3c5e62552eafb77a7ad66c3cedafa71ca2b7e7df36aec7fd62c4e139f662faa8fdc6bbaeb77c40df9559c170');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:marital_status', 0, E'\\x7801ed52cb95c4200ca3b3a1b3a5942d654b5bffb06543782f87b9c121c8b224673c69ed9ebb81bb81bb81bb81bb81bb81bb81371b18e914a7f63239c62f1f205382162400766a89022831f600f1001ee98267d0e30dfa8d666cb84c993f93b5822105c2af788035eb559dfe80d67cf8ab10f04980be2847781e018d5446f1f979f6620ecf9be991890acc221c224445a43224498c65c6982458dbabc584ee063173547aeb048a2da48b5d94f9116a5806932403464ca6850061a05edeb8b53f73f1c5ca4f3a3d1fed552ed7bda704b7003b0d446d2053207649a15102413370b941bff468e086cb94f933592b185260557eb7f6e12fc7b84f409891575699503ca3b3779f131fc6fc1670aa27ee877a7b02964dcc7729b185832d5ddb39c15252b0c823eb382464fae141ed30bd32b3f63e78b918dba6ad06d3825d18a897dfd8fb8fb9f862e53f69951ab7');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:occupation', 0, E'\\x7801ed53bb9583400c74398494801d530eb93b20a20482abc011c1964578331aed17f3ee5dbe7af7b45a6976240dbec7a35b57a02bd015e80a7405ba025d81ff28b0d2026d807d3edbf613cdb2853bcf73236818909c67af8ce3181ff8a9c287a6109064cab0a9f1ec21ecfb1ec6117f57f3167e1c87075ffb590d23c2c82e7a8c49436d9eb76d43ab1d25f0fc2cb6c8d59da737290f1018271d3930b16c98cc4493e62f9fdec7eb6a12d161b2b02c0b26bc8343f2b40a3107f5626fa5f5f54268870740cfe4b7a35c184acdd5368719d55df95576cc538e84b7e578a2023825b10204d2d751121918bf4902150187d2555c88fdb718d52ec00c0533c927b5a1277d36cf372fd3f504c9552795458298ba8ef4347f3a85dc119167d32764c01c7e1a946e75d949c94f2bf347b7077821f8c401be616afd6b445432676df8cad96239e3bf204b6875fc1bd2d276d3f4a23d691695ceb2b5f3f2fbfd7ebde0683520df0c7a85289378c08218245f79048edee7cc2d3c8a759cca383b27549882dc3762da13935466574d59421d23e55cba345845707b29e92081ae77e834416c1cf5d23b2d8afd9bf718a96e53de723192e6aa8fc3848ad0c5622ea98cc0ba321b5b296e30ed6056ceece242d2dbe91e7b8bcbaa2ca8c11f3ebd6902aee1da3595f8eb411adc90d23b382cddabc671503b89047b99233827628baf6aa82ff723ccbb56c7458fa27aad5573da25b5bf9662c61853f7e7f3178fc3e926');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:region', 0, E'\\x7801ed52c195c52008b48494b025a483f83b4809bf842d21a5a49494b2a5ac386206259bfcc3dee4a0030e030f0c61d898c098c098c098c098c098c098c02713588d4d6ce605cebbda6d8d28b67516c2e1584743606f6c762d57c2413ac169bf84122b5ebdd6e648d5c04a1040f5b6cd6d6e9e4d36393f6cc1289143090ca749bdbc91e3288b6b7ae07526bcaecdda2c1d65bf922594462f48b09402132d8387dd4010aff81c5c02cc20021118e383b2ece03b5b26446442175ac8117c1c215c8c12a4e644857a72538a7309d4e75385de05d819cd9a8d1b6d96939f5425dde79eab94fe3ece00d6414ddb66b4d18d0d15afe913f3db77cc94cfbe5a6d48414b79fdab7173c0af571f8b71f1ada5def64a09b75c9f400a0fa0af61a30f6462b429e45d641343e01f020df3b19b0af75c74833877d633af22ace0737c86d74dc977ff4ea3cdcd2a6e28eaaa9c7e548ddfdf2a2cb7aaa4fb0c5f499c8c8296a5a366c12e2a8192a36f2aa6fe47b726ebfd0b46735271');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:religion', 0, E'\\x7801ed514102c32008f367f5697bca9eba690a0668ab5d0fbbe0a1861002d252f2e4067203b981dc406e2037901bb8b381b739a6b2c633c4af1f8fe9a0c1f035e8760f352c250eaf4cb3d5c081694b6ae1a07392d0bce82ca8d3be9702e935b1a93e7f344e7b159ae17dc0e8101938b08695c8ea745fc0fad189eb813dd34767a3813194fbb2cb09ee15c34690a8c550f8fd96346e11f51b6f0b5f5b61a2bd9c38d94f70e90409037473d6e860863d9ed8bb7ad3d5789b9d6e1445abfea9bbdcc0b649baaf58027fbbfdd71a085f8118b2888fd54f58eec43ecc37dc72fa6616ae61d8d9ef5aa5573df1d05a670a9ec8f17b89fc07fc000e30a337');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:satisfaction', 0, E'\\x7801ed925b76c3300844d999d959589a97d63b20c9b2e2a4edbf26b640c3f03027661b7b037b037b037b037b037b037b03ffd980cf08e3a697d33ccae8062012183bcf337408d2e763481279471beea940025264d61862194681c76bae37904d28713fe75804525ea1c7b1ba86514baf4304a290c33501a140d21c9d2cab11249e60f29dca5992b0340691a058519ce978956fe1af46cd79f288389913e65306811237819fa654a6ad33a34cb9e667741c8167a0ce7460465745f3a7b21241e02658b33165eb238ab8a51c1f0f3f2477796e52c08b5007cfeb7284aba2401d80d384ad94c3ccc84a2aa82e69c2b36de58b0ad1556bce1cbebe8c87741b5c77f2bf23dab4805395408b2a4b57fdbf942eb75905f44889de08f8342a44c511447a2ee503948838ab3c8473430fbc28f335a0e90a81097eaa2bc6cbd02b823983a5611359e4fae6c6fed3bc5e2f770ee16beabbe4c6909d053e1529713fe74ec771b8eb053d8e9d251928628dacc25bda544e79bad694b3aa8966eaf25bf01773e9e5b5d13fe58c097ae3fea965eb83dab4738d7b934fb75ef48af7f29a2ca1098fa3f71135c4b33f93375e192b242eaed2f01bd1cb2c199dfe835d32c7558b6ea30fae3bfca3a8cc4d6757b509afbb34cf509d51fd92a85c612cad775cec245b2279cdd99e0270efb1deb4beeae0db46fb2bb47af73eee3f440f2cf7');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:sex', 0, E'\\x7801ed90511a83200c83b9d93cda8e3eb516924290ed9b6fe54193e66fc596922737901bc80de4067203b981dcc0371b783f7a566f222e11dbc718500c40409229e1a8038cc0f73240287503240534499c449aa86a0829a5d64d8434da465b824d2df31fc51427add70f12bfa43a7bc6c8d9136f24f4ac7dcfbc2b605eb677089b65ec722d66c5b34ec780bbe1d49be1defbd3fbf5e8d9168fb844ec1e634031000149a684a30e3002dfcb00a1d40d906ca049e224d2445543c816a78634da3ae5fa15f346b5cc7f14539cb45e3f48351d27f68c7d63f6ecfbbbcaacbddeec66877246f7b5a3a068833d3d9d1b7e1b387e32f927f701c6764167');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:skill_fit', 0, E'\\x7801ed525996042108e36653372b8ee6d126096069d9cef22ffd8a258488be363b765ee0bcc07981f302e705ce0b9c17f8cf0b5c34c3e7f8e85d950a560920980ba46fadc9213643cd8fe6f28323015c03042506010d09a7d0a292e1e3ac4bc09099b224c70888a2803a997bf511fb248fbb12c84453964b2800716e414771c327f2a8c8fce2e16eecc2ccb071984a812e8f2662367f091a205dd6326c86a0a92b21cab8b4acc13b50165a34fae9d172ac3b58dc9177885dd52a761c6114246e7450a5212a772f84b54c5d64388b331c2f0e12e166d4789be3df9398ce429e8398327cd9ec21617324ba82213a3f876712e6eb6869e01ad6a86e8b3a601a98f4f885e5a437d74e020dde95d159a66442565062862200c74483862c35df413d28340c7d300aec6c9de086c3ca2e064ec08a86805e1a68e2196ac977ad620cf16bc877e97ddfd70547db7184af9409c1b4047622412ebf3ba9fa8833a5033dc9fe4c5ca74645e6b1e5289e8c117af261fc87f4e133cb2576fcbe411d5c4b478c0b69d149613e635b95e84328796e268b0deb9c84828fe219acaca6e63ad0f2bc54e6a221cfe372aa88154bec0fb146de910f9debbe5b0f0c7d6c362fd1ebfde114ecea0fad8478b759f3bd41ef92bada6734786bef59a0323091d60e854e51625debbabe0113a455fb');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:task_satisfaction', 0, E'\\x7801ed93d175e5300844e9cc74f628e595e2d272072459b2b57b927f13450266183039317bedddc0bb817703ef06de0dbc1b7837f0970d9c69ee6ee6fead28dcc32d7a0020d048b7543df30d4c0d17bd23781a353951f52ebc8a48c4d7ed3c8987ec692248011435039fadb73746511319c53716152e91511911f811fef560482a06a46ca044ce01119eb062851ee3a0e95f188a6fa64128afac87dfe0ff86d5381aa7bf8f1200e63ccd6e889f810259e9e4a00b811ac1fa38e66203ceca1856af0c870578ab098599f0538e717279e034777547268a4e9de05ca7a4723da4e46b22594ad85553d97e23e5e553e029441b192a60e619dc2ed7c760a1de812f1c01427eb02f85a6e4ce5898c1a6d41f70ed86b42598a4feb5679c09d30275fd42b2a2f0a6a204a94c0c1e4908a104beb2ac9172423137a60a53effdfc12f8976d306985daaabb5e4da7507e1efd4b382744c1020ac6c865e69fb404b99668098a51a9a39ef9ee02f91eba2774062bdd329f0fb48b3bf35c2293066e8f937664930d2b89736df959d4ae4b76ce967f61e51d7a6aca3d41f08ce0abe4b7b6d4aad1de6a82b18241f26a5e33e4a00392d3d497e758a20c5a4d0344982a0b3c32d5fb5cda90b77daaea6a55f17a0b9d79f82dd1eb56fecced8c26a150730fdb552aa7cfe088fba08c74814dabd1c64a96364b90fa83778d7279744e7bb4aec44037c3c1d8677be943536a395f1fb2fe7aeb9e5acbfea4c8e8e3fe037a0b9df9');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:tenure_years', 0, E'\\x7801ed532b96dc400c140808081810b020608f901bb83d27c811f6087b031b062e0c1c1818b8b06160e042c3858181a95249edb677e6e5855bcf4fdd52953ead6e9b1d724ce098c031816302c7048e091c13f8af09cc56664bb518b6342ed5e6bad8e9fe73f9f2f0387f7dfa76f90e8030c15a975728cac323a8ee4cba4c6a73c6065f3d20d4caafcc64282a6baaa4c8a91b839b0b996a2e71aca2b866da7468a31a00add6d38275dbb64a16707b311a508dfce1f4f1eed33dbd10935b3ad309faa746504660c3025c6e08806027810340bcdc426b9d138d9529b308eed26cbdcd1fcfc40426dbad77ef4f77de4ea93e6481780ee0671dfa74ddd0d83fd79fbf5e165640ce2eea6579fdfdc7e02c8cd8cbeae7ce9f15ca50768db9cfdda4891c2178a2d829dc5f44ec3364bff264b836b2f61090d60568abe944f7b03a1b5d3cc18c36fdb0f19790a73915e11798794524128e129e73af8032d0b3ec31d8446e490cae83a394ae893ff1134095970f84666ad7a61f69e01d4a29ab1a6d7043be7123004ce0344de30845c126224ab065529b283dbe7ae09d2630509f197a529615397563c4e60a4b481211a8ad6fb0a5c5055d631556b26da5434f1b01d7bb6ce4b34b704c6e694e12e2119b1cd78dae011bce3182ebd4ae83208c1c1bcbea843ae8340dbb78f4d71ac7f9cc72665c810cea39a244e5f9ccd3b246deb30d74651d06686e22b4b4512da3dc7fa673d7989bab5f6170a20cc5b68db9cfdd3e606fba555a9fac7714fe0cd9af3cd9849ff05a4b5d17982bcf4b890cb027b75d7178ba80eefd90a939e58fd25d11e8f865b639df34e77f181e508c618773feb7e46d4494d235f945205647920f84668a1c495a2e1bfe02631362a4');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:union_member', 0, E'\\x7801ed52c181c33008f366cd66f16819ed101204e2a69ffb9a079625010eed183bf606f606f606f606f606f606f606feb7818bb136014fd6016dc8b30705771256990cb2192c39b0f46ce235e06b70faa854c7035d334c237690379f9ba61bdce6d27408df3647df587d6629fe09f10c85b5c4f0b87e394d338385343ffd2e965ac8723db77ab939929904650fc14e6778a7189343cb5a174a254b597491c76244b4e3e6e93331c6a8b2d9cb48f3a398a1621e911f95791d8e266cc92d00e2bce0b1909a77b29ee72c173a2d272774c543677ec13291842a5f546bf7a6a0f153cba909723ce758014166fd4cd96b8c638993b1f00778b20e6843fef4a0e04ec22a934136832507b8565360f035f4a64a757ce881e5998066520a8167cff7c795a6fed55edfcc72344eaf2ec53fa1bf880e6bc375bc1660551e72f8b34090a6ca75b61eb1499eeac14edc4a6b2a016d11bcb25fbc36b45079a7b3faa30a1c86f3def3cd67658c69b3b38a36667e11b28aab986db23400bfcc6b825a4f6b757ef40416d8ff33ee654ecc168546569906a1339f9a4b5b473a53fa7c73bc7f95cf7d94e4d404399e73cc9f4f25d0cf94738ee30f6bf85463');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:wage', 0, E'\\x7801ed533d681c471416671138d822266230b8f0e2467004dc5c11301cbe5b19a6162eaf569b75916620e85023155b44cd601098736123d4acc057d88d1870f39a802b5bc5165663026e1692c25c937c6f6667f647c2412e64177adcbd9df7def7febe9d5d59b9966b06ae19b866e0eb1898d934a7bfaec265b36668365b617d6532bb54b74b81af6c872b6f346b77fc26ace0c575c6680ff51d5ab3070fae7e2a6609bf2fcb39c06c26232253f488484a29a42c4be384c43f6514d1f044a933a27e51e4ec078e328143fa9b83b18e9019ab97e9f2e8486bd22e4014a7b13b2e164288c18ebaab1eda22ce9baea5c69c1af3e12fdb52693992a3519ee7fdd79f3efd7caf7f57460e586b2221f25f55ede89e885633dee4556c6edc2044f79ecc0f0f250e6b6b5098292e48a2efadfd8303b985b1e6aad427d4efff64964b98ffa60836655e19520eb654a6b51848bdb7c70cb050348f852886c81482284dcb327391ffd7c46339e90961b23f7ef4e6054f3494a34c6df99ccf8ce1750cfd3094b1314581f7687c385450f3e9742a9522f3f1637ecfdc8ac474132c2bf53ce7579119214ee77e9bb76f29962b4a6bed965052e9df775d2d695f92319b425570fd549b374794ed007072427ffefd7ec45768147ae3b01fe905a65c144d6738035eb175278ee5e3c708285d45e51077b1bb0eb33c280595a5523b3b6abe3c5b5d5d5f97325a48a986c3613412bfdc57521fbc6edcb3d0ce1edcf06a0d4bb6034d6b73736494393e4c8fe39ef7ef9a3c7b93ab9cf0ade03b11c72a053f18684e8b140f95db82e9675364429221819d145694467cc0dd18e0cb01215adfbf79f3b62fda794a2d44f4ce8dd809b1a9bf70f345972ba3d11a5b4208df547f993c3246e02aa8a15483a9d64cd131f57a2476c53edc79fee2cc71126ee6b36713c8f624814eacc072c2be24a9bcc90682ec67f8844fce74509719b4735aa43f86982de2bd6835c66f0cc505bd70af0d2b0e58eb6ac8dad13d0160fb8e27a8c79ba0f818060f6e958b36bbd9aee8860468a4b76b7ab36aed67ac4068074fa0aeb173bbca4556a3136a6c4fec981701d907de5ceb0a6029433be4b1dfbd180b6b5770498cc07fc381bd0f48a6696cdf27a781292e09715b3ba02b58b9ec1495c78679043f5b13dfc678169dd7ebd0a8de2d5c2bae15066b24b0b71a92217c4d2c928da6f894eed35d408bec866a1b61300e3a6a6e60bbf2eebb082f1d87300e17988c71d5e044a697ed640c10e32c513c72ddaa75b219e7b60e90404ef0d487f331dfde3ec112776df990cc53d683226a0b869b9924ff0197bb16ab');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'column:weekly_hours', 0, E'\\x7801ed532b73eb38140e30303010301010101010101010101050320602060606060601010505f9013b1352706751e1850b0b0b0b05030d030d030d03f7c8969d26cdccdde539403a8fef7ce76179b57aca7303cf0d3c37f0dcc07303cf0d3c37f0bf36205cdb1c35c65b79566ddba3ca208eea42487336b913c2e56aa5954d73f941bb4ea88252e7bd6f777004d180b59249a3d24222a7243ea6d5605634e7173d41987b0144c3244da2c766a5a60a7890f7a2da7b632b6e4ab397ba3089e9252b7162f894bd9c1689fddf75a33e99d235915f8c362779fccb2e00efb3546276eef73e1784877cab9da03d289855dbcc1a8ef0e93878bf93d6189de54596e224df5b89b357e84857f6ae2a85dc200c217d24488844d5bb9d9a9cfe451b61b74ebdbe8aa2cc692a519bb2b718fcc3f5c65ae65229dc7be3b0f527e9d2b091c742bc5744d406ee5194d7172df0f9c5970a6f05cc5734bdf73286e7cbbd9c139d2177aa2c1e187fb1387703a7d6719a1143fb0e376c95cc237f12d691da64da296f7a9ae527694f79e4e2bea2257c2d9440b52015c5ad93390a3dd31ee3ce25da6d930b5e19cb4e23c47391238c3827abc9be3d2b8422ae76545806d16c1af097a6596fbbee16ef2b29a5ded7f545485938a6a816a5ecb73523759931e72a1889e4292734bbcb5c4cebabc2ab42d6645ee5128291ec51861572256095827554ebf95323df10e6de99120d16b675ec543616c1a2d4f62bfd12efe4f7f8b687c153f9866bd20ec30ebbcce6bd37bf0a5ca8df61d68fa168bd7fff56f3bb2aeb2ee397061a08bbf821eca1778255f81ece35cf99e01caf10120d1178f0be361c934c5c08b5322114ff5377a5fca8ed67a905cf159e5e429b46aede6c82ac9773d246337a273d9cebcd3a860f87c3660347906b7cd6003413fe84dc78203b10ac6792481f2ff0dfc837fea00614b4b43412b02304ba9c1866879d9448bb5e03ef087c7c049eab8c63c6844810d222e0bf305cb96eb52577a43d2c2ddfa2e64273cb8b1de79f2619a3a1cbbbe4eb9798b5eb0d9a8d13c52cb0a2637388f4702d15210615c633f896fe837e4d9d18e2a75b30334b249b2e88dee046d2311448c273bb815f4b4e3522f98d111a19e52e733137b068683dc016dfac4c0f07ac109c51332cd8d7fd2c2a108d69e1cd051ee839e040e69f051c6353e334c109a0b9e2dd3df2079e07cd01f4b177e2f8199bbaf87642d5688dfd043d741d5a5a1c23d9c2b5defc0b69d76550');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'head', 0, E'\\x7801cd99cf6fdcc615c747b1e31f6b3981d14b2f45063a142dd05d2c7f937b6905453184a4766139e8a12816dce55066c425b724d78a821edb9b81fa901c8a06bd14457b29d04b83fc4d91f33ff4fb381cfed072fd4bb023018466381fcebc79f3debc79b3ec57e3f9cc0a66220866b61e84b63e0b3d63e61b3337708cb1d0e673533856a80b4758f359e818a163e9a16e7b6e389f7b5a6830f6e35f26fe424cf8711c2df3619c26478340e4f32c5a16519a4cf8cec79f1cfce6905303179f17993f2f7ec1d344f02c3de14b91d193a709f793809f0a3fe33ffbfeabafbffbdf7fcefefcedd95ffefafd937f9ffde9297ff6f77f7ef7ed7ff9b36fbe7cf6cdd7a83d3dfbc7939fef0ce4a793c1902fa36050449003e53c5d65734844bd0d384fc33017c5848f5b4d27fe63d16ad23ccf199cf847f89cabcf5142b7537a8be22a89d0c5d9bf9e3cfbdb535417519e47c911e1433ed446e3b2e0e1af55ec946525f31339c890ab8ff431fecaafd2243e953dced378b580ee96d3cfd25971ba2409388f126aa511d5b71d6e9a177eb1ca7b51fa482f07a19251960211c67e9166b253a8c09d705b1b1965072415aac64857556bc21d736456550dadaedd548d09f78c91a65a017be6c8abaa3a60ad9a24e7fa58d7a8ae8f2cd5ae53dd1939aa8ede344d1bd9aa6e52dd2c6559a6cb15c42e4dcb8fe3418e721ec2a8e80df86af151c2ea99864e226d58ad520bf9dc8fcb651f72ab7c31e466f55faa49294e697d1efb792e72a93543ad88fa5aae8fec814450ca9665b50454936bc8b9b5de057df6a22e88915d9cd748532f85849226fc77bf871ac46219a7a722a001875cd90e2cec552d873e6fe4936a0b57713c542ed4f45eb90fe77e318d859fc389942550d3f024cd8ee1ff171449ce05bd0cb9dc8ca4d3766c612adf91374df8bd4f7fbdffe0600f8ac8522c3fff687ff7e1a70ff637db4ae5d86dff954e8b55d06429883221cd90ef1eeeeddffbf0e0de5d7428770eda8bc83533f18715b860c28b6c256a7973f1391abbf2ca7752debddd87fb77ef43e2dd4fa8939793597a79bf54b13f13b00b8d2f60fe5ce7a1a0422d8f0856f3d2c9a64af0ae6c68871cafa9cb522ee82a0d4ac7e37c0786bc830dba6c40156e82aaabaaf0435435e53c3b303daa4bf7040e03a4bab2c81d5bd6ed727f79895551461325c12a2fb2d3b5954003ed87784f1141d668afaa6b1ad52eb0529db0514e3b8cd3349b06d1e3084a82cb942f37cca55acb8f0f0ff6387d91632bac57329dcf57cb7229d7a605cf0ffd456b66f50b3539f5e292cc6fef3ecf57b3e1c2ff2ccdf85196ae96f5344f84388e4fa78f10fac9cdbad6aadebea6bdf6f87eb91c707d1db686e1362c8c747d39ba32b230ca16d33cfa82427a57ca768b94f4fe03ec21afe0f10899ea205216dabb9592f8652ce991f003c4875552f0191dcbb4a1468727b9b576e24577069da60bb8c3669d2a2164285b88a498d2386bba94edaaed8d88c279bd8766e20867920cdb689226c3aad65158af905057f5fe4d0b48a1b692ae0cc84a8d85485699d8b0c7d36acec4519440bb52c0d7889acf3f034b631c724716ca5803e748e8f45ec6c717b8960c4e6a360b3f8b0a3f6e4e335deb44731689a09ecd9b8ba9941a20aa8e46236ef19328484f30ac9212e641fbf379efaf5f5fc016a4b27b37a366f438da307edd700109bafbcf732541fc4fd24534dfb45cd44e19cd9b5a2fa511e40ea2982efdb5b06f1a1a250f521bafba156f4cf7e469b9a5990ff75b87c5529873674329602ee62b98779f9494a25d1229b166d85368cd3abe0755525a79498414c9e3284b138a1e3d8252867b490455e796f3baa4bcf992881888c7224e971b744909fc2511749e2e16388fc9aca667d99b13fc0feeeaa11f6589c8d7ceb1f022f7f228f444c4a19fad1dbd20245dfbfce0ab5ef8f9f1b47d39b4bee6faa5d838e32814cf15d4b6c69762d99115c4c5a3f36ab4b5f15b8e922a7037771461b4be919b6f45acf6454f950e181ce2e4f5712f3f8ee278da2fe1dbb0bf174b885d314da60bb19889ecfceaead6b889877baf7109a5ee509f733465ecea078c31ceae526ec2aec93b7776f5b7bb77f7d9f52ae760db6d5f66ef9657bb6cfb70f7e1c1e147bb7b0f0feedf63d7ab9d9b5da17ede5dd28d1fbb5e5ded353d5dc1c51ab5d2bfbaf5566b72ecfdc6b4ca0c8368bc6ae85aaa1beace88fd445d0c8dffa84a8e2a694ef36967a041733bc37e5a5ef6571732f812e997ac5037aab2b1a7edf60508bbbe943721cdb0b5c437eb6b06766b09bbac6e235aa4d2e2801240f99b02db2e4550b54d5a2bef97eba49cdd86d6ca57651ede8cd051c10d1a85a205bb598e5116fb07d86ea7ab243d7d5a66a84ddff53cdfeb6683d47b9500367047906b3203633796d3aad42fc58d4cc84c890d88accafdecfbe7921cfa44e5351bc4b859e723a5916b5ac3d5f6fd5e372590a0de03de9660752a979cd1c3dd915ceb602c59b387bd25d9f26c2a29ab87aa7a6c1d0f256bf7b03f5252b64e68926ef9cdf9c9ab439204dd9e6eabc957e714c9793ddc9db5a342c9ea7d0abdb316adc15280eee9f79a0c98042046f600b79b6d06f1810645d0eae16ed63144327d826db7777160b471375d750c9db1806d696c4b675b06db32d996c5b66cb6e5b02d976d79ec1d6d8c47c3a3e331f098782c3c361e078f8b079c0e4e070745bda383d3c1e9e074703a381d9c0ece00678033c019e00c700638039c01ce00678033c199e04c702638139c09ce04678233c199e02c7016380b9c05ce026781b3c059e02c7016381b9c0dce066783b3c1d9e06c7036381b9c0dce01e78073c039e01c700e38079c03ce01e78073c1b9e05c702e38179c0bce05e78273c1b9e03c701e380f9c07ce03e781f3c079e03c709ec7aee077b0ff0358753f71');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'head-length', 0, E'\\x78016b9067600000026100a0');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'starts', 0, E'\\x780163e093d6b3708c8c2b689bbbf6f0b99b77be7cff21206968e79d54d5deb160fbce83c74e9cbff7f6fd3f1e213119250d3d132b07379fa088b894ac82b29a86b69e4933e62d59b16acddac3379eff6610925232b4f78948ce2dab6bed9e3079da8c99eb0e9fbaf5e61fbf3c032660c402980803665c808505d38ea12a0200920c3205');
INSERT INTO panel_chunk (panel_digest, part, chunk, bytes) VALUES ('0cb5dbeddb62df62bf93ba3b8d730e1cc4e75f2e7e5cbf73f752f2698fcc91f3', 'years', 0, E'\\x7801ed534902c2200cf4e6ff7f466d5d5aed6237be21041292d65a3d780ba7248430330c263be5c5f972bd95d5fd511b9e89a46edaeed9a7124514c000e81ac669b6505f6fae2bd44c28dc901e67246caeca0e3f3c20ec2206acc1852c73dc0434f3612f4cdb6df07c4513255e49711be1dbacefe391f29a0c6f837a5985ed4e76d955ba2c08a441ce7e982c46fe6dfe1b7f33dda398e6d95aeecea8b0dbe206f62605ebe485f3747a0861a3d8027e43e7a7f78a5fa1093fa2691792a5991e96d08fbf2e33401a4de8106544122003eed153b5c815b184839b5481c99222ff4e708fdde64ac09034023cea5205540155e0bd02075daa802aa00aa802aa802aa00afca4c00b168eac55');
