from datetime import timedelta
import pytest, city
from django.utils import timezone
from jembol.papers import actions as papers
from jembol.registry import actions as registry
from jembol.training import actions as training
from jembol.training.rules import Day
from jembol.training.models import Certificate
from jembol.training.rules import grouped
from training.classroom import enrol, register, sessions_of, take_roll
OUT="/tmp/e/pics/"
def test_shots(areas, open_browser):
    import os; os.makedirs(OUT,exist_ok=True)
    city.build_officers("pelatihan")
    s=city.system(timezone.now())
    t=timezone.localdate()
    papers.change_letterhead(city=areas.malang,by=s,values={"signatory_name":"Dra. Wulan Contoh, M.Si.","signatory_title":"Kepala Dinas (contoh)","signatory_nip":"19000000 000000 2 000","address":"Jalan Contoh Nomor 1, Malang"})
    o=training.open_class(course=training.seed_courses(by=s)["kue-kering"],title="Kue kering angkatan Purwantoro",area=areas.purwantoro,organiser="office",days=[Day(t-timedelta(days=3)),Day(t-timedelta(days=2))],by=s)
    names=["Siti Rahayu Ningtyas","Budi Santoso Uji","Mbah Karto Contoh","Ning Ayu Lestari Contoh","Lastri Uji","Sumarti Contoh, S.Pd."]
    seats=[register(o,registry.enrol(details=registry.PersonDetails(name=n,area=areas.purwantoro),by=s),by=s) for n in names]
    a,b=sessions_of(o)
    take_roll(a,seats,by=s); take_roll(b,seats[:4],by=s)
    bt=training.issue_certificates(training_class=o,address="https://umkm.contoh.example/sertifikat/",by=s)
    training.issue_next(batch=bt,limit=3,by=s)
    first,second,third=Certificate.objects.order_by("number")
    registry.change(person=second.registration.person,changes={"name":"Mbah Karto Contoh, S.Pd."},by=s)
    training.reissue_certificate(certificate=first,address="https://umkm.contoh.example/sertifikat/",why="Gelar belum tercantum",by=s)
    for width in (1280,360):
        office=open_browser("pelatihan",width=width,locale="id-ID"); page=office.page
        def snap(path,name):
            page.goto(path); page.screenshot(path=f"{OUT}{name}-{width}.png",full_page=True)
            w=page.evaluate("document.documentElement.scrollWidth"); print(name,width,"WIDER" if w>width else "")
        k=f"/kantor/kelas/{o.public_id}/"
        for path,name in ((k,"kelas"),(k+"sertifikat/","daftar"),(k+"sertifikat/syarat/","syarat"),(f"/kantor/sertifikat/{second.pk}/","satu"),("/kantor/surat/","surat"),("/kantor/surat/sertifikat/","templat"),("/kantor/surat/kop/","kop"),("/sertifikat/","periksa"),("/sertifikat/ABCD-ABCD-ABCD/","tidak"),(f"/sertifikat/{grouped(second.code)}/","sah"),(f"/sertifikat/{grouped(first.code)}/","cabut"),(f"/kantor/orang/{seats[0].person.public_id}/","orang")):
            snap(path,name)
        print(office.complaints)
