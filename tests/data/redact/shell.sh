mysql -pfakeMysql01 -u root shop
mysqldump --all-databases -u root -pfakeDump02
mysql -u root -p"fake Mysql 03" -e 'show tables'
mysql -u root -p shop -P3306
mariadb -pfakeMaria04 -h db.fake.example
redis-cli -h cache.fake.example -a fakeRedis05 ping
redis-cli --pass fakeRedis06 info
redis-cli -a PASSWORD ping
sshpass -p fakeSsh07 ssh ops@host.fake.example
sshpass -p'fake Ssh 08' scp a b
sshpass -pfakeSsh09 rsync -port 22
sshpass -p is insecure, use -e
docker login -u robot -p fakeDocker10 registry.fake.example
docker run -p 8080:80 -u 1000:1000 fake/image
mongosh -u admin -p fakeMongo11 db.fake.example
ldapsearch -D cn=admin -w fakeLdap12 -b dc=fake
sqlcmd -S db -U sa -P fakeSql13
unzip -P fakeZip14 archive.zip
mosquitto_pub -t a/b -P fakeMqtt15 -m hi
http -a ivy:fakeHttpie16 https://api.fake.example/
curl -sSu judy:fakeCurlSwitch17 https://api.fake.example/
curl -u ken:'fake Curl 18' https://api.fake.example/
curl -u "leo":"fakeCurl19" https://api.fake.example/
echo hi | mysql -pfakePiped20
find . -path ./node_modules -prune -o -print
mysql --version | grep -path
mkdir -p build/out && cp -pr a b
psql -p 5433 -d shop
mysql -path
python3 -path lib
export FAKE_TOKEN=fakeExport21
export DB_PASS=fakeExport22 DB_PORT=5432
set FAKE_SECRET=fakeSet23
$env:ACME_KEY="fake24a1b2c3d4e5"
$env:API_TOKEN = 'fakeEnv25'
setx FAKE_TOKEN fakeSetx26
set -gx FAKE_API_TOKEN fakeFish27
aws configure set aws_secret_access_key fakeAws28
aws configure set region eu-west-1
export SORT_KEY=created_at TESTS_PASS=12
export CACHE_KEY=users-by-name
set -x
set token_limit 100
smbclient //files.fake.example/share -U olga%fakeSamba29 -c 'ls'
rpcclient -U 'FAKE\pia%fake Samba 30' files.fake.example
smbclient //files.fake.example/share -U quinn -N
printf '%s%d' a 1 -U b%c
curl -s \
  -u \
  rosa:fakeNextLine31 \
  https://api.fake.example/
