import pytest
from doorway import *
pytestmark = pytest.mark.django_db(transaction=True)
def test_x(officers, open_browser):
    held,_=open_class()
    o=open_browser("lapangan",width=360)
    r=o.page.goto(f"/lapangan/absensi/{held.public_id}/")
    print(r.status, r.text()[:3000])
    o.page.wait_for_timeout(4000)
    print(o.complaints)
    o.page.screenshot(path="/tmp/g1.png", full_page=True)
