import requests
requests.get(url, auth=('mia', 'fakePyAuth01'), timeout=5)
requests.post(url, auth = (
    "nils",
    "fakePyAuth02",
))
requests.get(url, auth=HTTPBasicAuth('olga', 'fakePyAuth03'))
requests.get(url, auth=HTTPDigestAuth(b"pia", b"fakePyAuth04"))
requests.get(url, auth=(user, password))
aiohttp.BasicAuth("quin", "fakePyAuth05")
axios.get(url, { auth: { username: 'rosa', password: 'fakeAxios06' } });
axios.get(url, {"auth": {"username": "sven", "password": "fakeAxios07"}});
request(url).auth('tara', 'fakeSuper08', {type: 'basic'});
req.SetBasicAuth("uwe", "fakeGo09")
client.get(url).basic_auth("vera", Some("fakeRust10"))
new NetworkCredential("willi", "fakeNet11")
new UsernamePasswordCredentials("xena", "fakeJava12")
conn = "Server=db.fake.example;Database=shop;User Id=app;Password=fakeConn13;Encrypt=true"
store = "DefaultEndpointsProtocol=https;AccountName=fakestore;AccountKey=ZmFrZUFjY291bnQxNA==;EndpointSuffix=x"
bus = "Endpoint=sb://fake.example/;SharedAccessKeyName=root;SharedAccessKey=ZmFrZUJ1czE1"
author('anna', 'bert')
authors = ("carla", "dirk")
isAuthenticated("erik", "franz")
auth = ("gerd",)
print("the token is", token)
raise ValueError("token is invalid", "password is wrong")
