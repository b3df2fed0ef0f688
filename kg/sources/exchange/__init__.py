"""Files of other programs as sources: ``kg import`` makes things and assertions of bibliographies,
FollowTheMoney entities, STIX bundles and items of Wikidata.

A file is an article, like a table, and what is taken from it is cited to the entity that says so.
What cannot be held is counted with its reason. What their words mean here is said in the ontology
(``ontology/core/exchange.ttl``) and by the map.
"""
